"""How the headers of a mail are written on the wire, where Python's own way breaks them.

Two traps, seen on CPython 3.11 to 3.13:

* a ``List-Unsubscribe`` longer than 78 characters is folded into RFC 2047 encoded-words, and the address in
it is no
  address any more (cpython#85725): the ``List-`` headers go out on one line, which RFC 5322 allows up to 998;
* a long French subject or name can come out as two encoded-words glued by ``?==?``, which some servers refuse
  (cpython#144156), or as one longer than the 75 characters of RFC 2047, section 2: text that is not ASCII is
  encoded by `email.header.Header`, which does neither.
"""

from email.header import Header
from email.policy import EmailPolicy

_ENCODED_LINE = 76
_LINE_MAX = 998


class MailPolicy(EmailPolicy):
    """`email.policy.SMTP` without the two traps; refuses CR, LF and their like in a header, as its parent."""

    def fold(self, name: str, value: str) -> str:
        """Return the header as one text of ASCII lines."""
        if name.lower().startswith("list-"):
            line = f"{name}: {value}"
            if not line.isascii() or len(line) > _LINE_MAX:
                raise ValueError(f"{name} must be ASCII and at most {_LINE_MAX} characters")
            return line + self.linesep
        return self._encoded(name, value) or super().fold(name, value)

    def fold_binary(self, name: str, value: str) -> bytes:
        """Return the header as it goes to the server."""
        return self.fold(name, value).encode("ascii")

    def _encoded(self, name: str, value: str) -> str | None:
        """The header by `Header`, or None when nothing needs encoding: Python's own folding is right then."""
        if str(value).isascii():
            return None
        addresses = getattr(value, "addresses", None)
        if addresses is None:
            return f"{name}: {self._words(name, str(value))}{self.linesep}"
        mailboxes = [
            str(address)
            if address.display_name.isascii()
            else f"{self._words(name, address.display_name)}{self.linesep} <{address.addr_spec}>"
            for address in addresses
        ]
        return f"{name}: {f',{self.linesep} '.join(mailboxes)}{self.linesep}"

    def _words(self, name: str, text: str) -> str:
        header = Header(text, "utf-8", maxlinelen=_ENCODED_LINE, header_name=name)
        return header.encode(linesep=self.linesep)


MAIL = MailPolicy(linesep="\r\n", max_line_length=78)
