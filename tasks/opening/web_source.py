"""From the bytes of a saved web page (HTML or MHTML) to its source and its encoding.

What belongs here: which encoding a page is in, and where it stands in an MHTML file. What does not: its text (`web`).
"""

from __future__ import annotations

import email
import email.policy
import re

from tasks.opening.reasons import UnreadableFileError

_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w-]{2,20})""", re.IGNORECASE)
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


def decoded(data: bytes) -> tuple[str, str]:
    """Reads the bytes of a web page: by its mark, by what it says, else as UTF-8 or GB 18030.

    Args:
        data: All bytes.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace"), encoding
    if data[:2] in (b"<\0", b"\0<"):
        encoding = "utf-16-le" if data[:1] == b"<" else "utf-16-be"
        return data.decode(encoding, "replace"), encoding
    said = _CHARSET.search(data[:4096])
    names = [said[1].decode("ascii").lower()] if said else []
    for name in [*("gb18030" if n in ("gb2312", "gbk") else n for n in names), "utf-8", "gb18030"]:
        try:
            return data.decode(name), name
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("utf-8", "replace"), "utf-8"


def source_of_mhtml(data: bytes) -> tuple[str, str]:
    """Takes the page out of a web page saved with its pictures.

    Args:
        data: All bytes.

    Raises:
        UnreadableFileError: It is damaged, or holds no page.
    """
    try:
        message = email.message_from_bytes(data, policy=email.policy.compat32)
        for part in message.walk():
            if part.get_content_type() == "text/html":
                payload = part.get_payload(decode=True)
                if isinstance(payload, bytes) and payload.strip():
                    charset = part.get_content_charset()
                    if charset:
                        try:
                            return payload.decode("gb18030" if charset in ("gb2312", "gbk") else charset), charset
                        except (LookupError, UnicodeDecodeError):
                            pass
                    return decoded(payload)
    except Exception:  # whatever the parser of mail raises on damaged parts
        raise UnreadableFileError("The saved web page (MHTML) is damaged: save it again.") from None
    raise UnreadableFileError("The saved web page (MHTML) holds no HTML: save it again, or as HTML only.")
