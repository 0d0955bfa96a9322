"""Who speaks: the office, company or institution behind a statement, and whose figures it tells.

What belongs here: telling speakers from subjects, and what a speaker's office speaks for.
What does not: how the subject moves through a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tasks.extraction.facts.subject.article_owners import BODY_WORD, ArticleNames, full_name
from tasks.page import Entity, Mention

SPEAKS = re.compile(
    r"[^，。；：]{0,22}?(?:介绍|说|表示|透露|告诉|坦言|提醒|认为|指出|强调|获悉|统计|显示|通报|公布|发布|发表|测算|监测|调度|数据|印发|提出|调查|了解到"
    r"|消息|预测|分析|推算|报告|晒出|亮出|开出|列出|给出|盘点|交出|回忆|感慨|笑|盘算|扳着|掰着|算了)"
)
"""What follows a name that says or publishes something."""

TITLE = re.compile(
    r"(?:党委|党组|党总支|党支部|常务|副|总|业务|执行|首席|人事)*(?:书记|市长|区长|县长|镇长|乡长|局长|主任|部长|处长|科长|院长|校长|站长|馆长|所长|行长|经理|董事长"
    r"|总裁|理事长|会长|负责人|主席|秘书长|教授|老师|工作人员|记者|通讯员|研究员|委员|助理|工程师|发言人|干部)"
)
"""A title after the name of a body (局长, 总经理)."""

_INSTITUTION = re.compile(
    r"公司|集团|银行|厂|医院|学校|大学|学院|中学|小学|幼儿园|合作社|联社|商场|超市|酒店|农场|林场|支行|分行|协会|基金会|乐团|剧团|俱乐部|联盟|博物馆|图书馆|文化馆|纪念馆|美术馆|研究院|研究所|卫生服务中心|景区|公园|电视台|出版社|车站|机场|[东西南北]站"
)
_NATIONAL = re.compile(
    r"(?:国家(?!级)[\u4e00-\u9fff]{0,10}(?:局|委|部|中心|办公室)|国务院|(?:农业农村|商务|财政|教育|工业和信息化|交通运输|文化和旅游|公安|民政|水利|生态环境"
    r"|自然资源|司法|应急管理|科学?技术?|人力资源和社会保障|住房和城乡建设)部|海关总署|中国人民银行|中国海关|央行)$"
)
_OWN_REGION = re.compile(r".{1,}?(?:街道|社区|[省市区县州旗盟镇乡村](?![省市区县州旗盟镇乡村]))")


@dataclass(frozen=True, slots=True)
class Shift:
    """A place in a sentence where the subject changes.

    Attributes:
        end: Offset in the sentence from which on it holds.
        name: The new subject.
        entity: What it is linked to.
        kind: How it came: head, in, by, source, title, all, body, thing.
        strong: Whether it holds beyond its sentence even where no figure follows.
        members: The single names, where the subject is a list.
    """

    end: int
    name: str
    entity: Entity | None
    kind: str
    strong: bool = True
    members: tuple[tuple[str, Entity | None], ...] = ()


def office_shift(office: Mention, b: int, article: ArticleNames) -> Shift | None:
    """A speaker's office: a company speaks of itself, an authority of its region."""
    if office.type == "ORG" and _INSTITUTION.search(office.text):
        return Shift(b, office.text, office.entity or Entity("ORG", office.text), "title")
    if office.type == "PER":
        return None
    if _NATIONAL.match(office.text):
        return Shift(b, "全国", None, "nation")
    inside = article.inside(full_name(office))
    if inside is not None:
        return Shift(b, inside.text, inside.entity, "title")
    kind = BODY_WORD.match(office.text)
    owner = article.body(kind.group()) if kind else None
    if owner is not None:
        return Shift(b, owner.text, owner.entity or Entity(owner.type, owner.text), "body")
    region = _OWN_REGION.match(office.text)
    if region is not None and len(region.group()) > 2:
        return Shift(b, region.group(), None, "title")
    main = article.main()
    return Shift(b, main.text, main.entity, "office") if main else None


def office_after(text: str, start: int, mentions: Sequence[Mention], article: ArticleNames) -> Shift | None:
    """Finds who speaks a quotation: the office named right after it (“……。”榆树市农业农村局副局长单玉国说).

    Args:
        text: The paragraph.
        start: Where the quotation ends.
        mentions: The paragraph's names, in order.
        article: The article's names, weighed.
    """
    after = next((m for m in mentions if m.start_char >= start and m.type == "ORG"), None)
    if after is None or after.start_char - start > 18 or "。" in text[start : after.start_char]:
        return None
    if after.type == "ORG" and (TITLE.match(text, after.end_char) or SPEAKS.match(text, after.end_char)):
        return office_shift(after, 0, article)
    return None
