"""Puts questions to a second reader, several at a time, and keeps each answer as it comes.

What belongs here: what is asked, in which order, at which cost, and when it stops. What does not: the protocol
(`server`), the files (`warehouse.lake.second_answers`).
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flows.second.server import GaveUpError, Message, Server
from tasks.second.answers import problems_of, read_answers
from tasks.second.loading import Record, Reply, record_of
from tasks.second.questions import AGAIN, PROMPT, Question, wording
from warehouse.errors import EnvironmentProblem

_A_FIGURE = 130
"""Characters of an answer about one figure, as counted on answers to the seed pages."""
_MOST_IN_A_ROW = 3
"""Questions in a row that stay unanswered before the server is taken for gone."""


def messages_of(question: Question) -> list[Message]:
    """Gives what is said to the model.

    Args:
        question: The question.
    """
    return [{"role": "system", "content": wording(PROMPT)}, {"role": "user", "content": question.sent}]


def longest_answer(question: Question, parameters: Mapping[str, Any]) -> int:
    """Gives the tokens that an answer may have: as the user set it, else three times what the figures need.

    Args:
        question: The question.
        parameters: What the model is told beside it.
    """
    given = parameters.get("max_tokens") or parameters.get("max_completion_tokens")
    return given if isinstance(given, int) else 200 + 3 * _A_FIGURE * len(question.figures)


@dataclass(slots=True)
class Purse:
    """What asking may cost, and has cost.

    Attributes:
        price_in: Of a million tokens sent.
        price_out: Of a million tokens received.
        budget: The most that may be spent; None for no end.
        spent: What was spent.
        held: What requests under way may still cost.
    """

    price_in: float = 0
    price_out: float = 0
    budget: float | None = None
    spent: float = 0
    held: float = 0

    def cost(self, sent: float, received: float) -> float:
        """Gives the price of tokens; before a server has counted them, a character is taken for one.

        Args:
            sent: Tokens sent.
            received: Tokens received.
        """
        return (sent * self.price_in + received * self.price_out) / 1_000_000

    def hold(self, amount: float) -> bool:
        """Sets aside what a request may cost; says no where that could pass the budget.

        Args:
            amount: The most it may cost.
        """
        if self.budget is not None and self.spent + self.held + amount > self.budget + 1e-12:
            return False
        self.held += amount
        return True

    def pay(self, held: float, amount: float) -> None:
        """Notes what a request did cost.

        Args:
            held: What was set aside for it.
            amount: What it cost.
        """
        self.held -= held
        self.spent += amount


@dataclass(frozen=True, slots=True)
class Estimate:
    """What asking would come to.

    Attributes:
        figures: Figures that are asked about.
        requests: Requests.
        sent: Characters that are sent, the instructions each time.
        received: Characters that come back, about.
    """

    figures: int
    requests: int
    sent: int
    received: int


def estimate(questions: Iterable[Question]) -> Estimate:
    """Counts what asking would come to, if nothing has to be asked twice.

    Args:
        questions: The questions.
    """
    listed = list(questions)
    figures = sum(len(question.figures) for question in listed)
    sent = sum(len(message["content"]) for question in listed for message in messages_of(question))
    return Estimate(figures, len(listed), sent, figures * _A_FIGURE)


@dataclass(slots=True)
class Outcome:
    """What came of asking.

    Attributes:
        answered: Questions that were answered.
        requests: Requests that were answered, second askings among them.
        unanswered: Questions that the server did not answer, with the last reason.
        left: Questions that were not put, since the budget or the number of requests was reached.
        reason: Why the last unanswered one was.
    """

    answered: int = 0
    requests: int = 0
    unanswered: int = 0
    left: int = 0
    reason: str = ""


@dataclass(slots=True)
class Asking:
    """Questions on their way to a server.

    Attributes:
        server: The server.
        keep: Takes each answer as it comes.
        purse: What it may cost.
        parallel: Requests at a time.
        most: Requests in all; None for no end.
        tell: Told how far it is.
    """

    server: Server
    keep: Callable[[Record], None]
    purse: Purse = field(default_factory=Purse)
    parallel: int = 4
    most: int | None = None
    tell: Callable[[str], None] = lambda _: None
    _outcome: Outcome = field(default_factory=Outcome)
    _in_a_row: int = 0
    _begun: int = 0

    async def put(self, questions: Sequence[Question]) -> Outcome:
        """Asks all questions; each answer is kept before the next is waited for.

        Args:
            questions: The questions.

        Raises:
            ReaderRefusedError: The server will not answer; what it had answered is kept.
            EnvironmentProblem: It stopped answering.
        """
        waiting = iter(questions)
        async with self.server:
            workers = [asyncio.ensure_future(self._work(waiting, len(questions))) for _ in range(self.parallel)]
            try:
                await asyncio.gather(*workers)
            finally:
                for worker in workers:
                    worker.cancel()
                await asyncio.gather(*workers, return_exceptions=True)
        return self._outcome

    async def _work(self, waiting: Iterable[Question], total: int) -> None:
        for question in waiting:
            try:
                said = await self._said(question)
            except GaveUpError as error:
                self._give_up(str(error))
                continue
            if said is None:
                self._outcome.left += 1
                continue
            self._in_a_row = 0
            self.keep(record_of(question, said))
            self._outcome.answered += 1
            self.tell(f"second reader: {self._outcome.answered} of {total} questions answered")

    def _give_up(self, why: str) -> None:
        self._outcome.unanswered += 1
        self._outcome.reason = why
        self._in_a_row += 1
        if self._in_a_row >= _MOST_IN_A_ROW or not self._outcome.answered:
            raise EnvironmentProblem(
                f"The server at {self.server.url} does not answer ({why}): see that it runs and call again; "
                f"{self._outcome.answered} answers are kept and will not be asked for again."
            )

    async def _said(self, question: Question) -> Reply | None:
        """Asks a question, and once more where the answer may not be used; None where no more may be spent."""
        messages = messages_of(question)
        texts: list[str] = []
        tokens = [0, 0]
        for _ in range(2):
            spoken = await self._paid(question, messages)
            if spoken is None:
                return None
            texts.append(spoken[0])
            tokens = [tokens[0] + spoken[1], tokens[1] + spoken[2]]
            problems = problems_of(read_answers(texts, question.sent, len(question.figures)))
            if not problems:
                break
            said = {"role": "assistant", "content": spoken[0][:4000]}
            again = wording(AGAIN).replace("{problems}", "；".join(problems)[:1000])
            messages = [*messages, said, {"role": "user", "content": again}]
        return Reply(self.server.model, tuple(texts), self.server.parameters, (tokens[0], tokens[1]))

    async def _paid(self, question: Question, messages: Sequence[Message]) -> tuple[str, int, int] | None:
        sent = sum(len(message["content"]) for message in messages)
        longest = longest_answer(question, self.server.parameters)
        held = self.purse.cost(sent, longest)
        if (self.most is not None and self._begun >= self.most) or not self.purse.hold(held):
            return None
        self._begun += 1
        paid = 0.0
        try:
            spoken = await self.server.ask(messages, longest)
            paid = self.purse.cost(spoken.tokens[0] or sent, spoken.tokens[1] or len(spoken.text))
        finally:
            self.purse.pay(held, paid)
        self._outcome.requests += 1
        return spoken.text, *spoken.tokens


def as_request(question: Question, server: Server | None, model: str, parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Writes a question as it would be sent, in the form that batch services take.

    Args:
        question: The question.
        server: The server it would be sent to; None where none is named.
        model: The model, where no server is named.
        parameters: What the model is told beside the question.
    """
    server = server or Server("", model, parameters)
    body = server.body(messages_of(question), longest_answer(question, parameters))
    return {"custom_id": question.question_id, "method": "POST", "url": "/v1/chat/completions", "body": body}


def request_lines(requests: Iterable[Mapping[str, Any]]) -> str:
    """Writes requests one a line.

    Args:
        requests: As `as_request` gives them.
    """
    return "".join(json.dumps(request, ensure_ascii=False) + "\n" for request in requests)
