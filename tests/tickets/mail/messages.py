"""Nasty mails, each with what must become of it.

On the desk: #1 is Acme's, opened by Carla's mail <first@acme.example>, its clock running; #2 is Globex's.
"""

from typing import NamedTuple

NEW = "new"


class Nasty(NamedTuple):
    """A mail and what must happen: `ticket` is NEW, a number or None."""

    story: str
    raw: bytes
    state: str = "filed"
    ticket: str | int | None = NEW
    reason: str = ""
    subject: str | None = None
    text: str | None = None
    holds: str = ""
    files: tuple[str, ...] = ()
    side: str = "customer"
    kind: str = "message"
    clock: str = "running"


def mail(body: bytes = b"Help", sender: bytes = b"Carla <carla@acme.example>", **headers: bytes) -> bytes:
    """A mail with a sender and headers (an underscore is a dash)."""
    lines = [b"From: " + sender] if sender else []
    lines += [name.replace("_", "-").encode() + b": " + value for name, value in headers.items()]
    return b"\r\n".join([*lines, b"", body])


def parts(kind: bytes, *bodies: bytes, subject: bytes = b"Parts", sender: bytes = b"carla@acme.example") -> bytes:
    """A mail of several parts, each with its headers."""
    body = b"".join(b"--cut\r\n" + each + b"\r\n" for each in bodies) + b"--cut--\r\n"
    return mail(body, sender, Subject=subject, MIME_Version=b"1.0", Content_Type=kind + b'; boundary="cut"')


PLAIN = b"Content-Type: text/plain; charset=utf-8\r\n\r\nplain words"
HTML = b"Content-Type: text/html; charset=utf-8\r\n\r\n<p>rich <b>words</b></p>"
IMAGE = (
    b'Content-Type: image/png; name="shot.png"\r\nContent-Transfer-Encoding: base64\r\n'
    b"Content-ID: <shot>\r\n\r\niVBORw0KGgo="
)


def attachment(header: bytes, body: bytes = b"secret", kind: bytes = b"application/octet-stream") -> bytes:
    return b"Content-Type: " + kind + b"\r\nContent-Disposition: attachment; " + header + b"\r\n\r\n" + body


BEN = b"Ben <ben@vendor.example>"
GINA = b"gina@globex.example"
UNKNOWN = b"who@nowhere.example"

CONVERSATIONS = [
    Nasty("an answer by In-Reply-To", mail(Subject=b"Re: x", In_Reply_To=b"<first@acme.example>"), ticket=1),
    Nasty(
        "an answer by References alone, over two lines",
        mail(Subject=b"Re: x", References=b"<unknown@x>\r\n <first@acme.example>\r\n <other@y>"),
        ticket=1,
    ),
    Nasty("an answer by its number", mail(Subject=b"AW: [tamdesk #1] loop"), ticket=1),
    Nasty("an encoded number", mail(Subject=b"=?utf-8?q?Re=3A_=231?="), ticket=1),
    Nasty(
        "a number of no ticket is a new request", mail(Subject=b"Error #777 at login"), subject="Error #777 at login"
    ),
    Nasty("a number that no desk holds", mail(Subject=b"#99999999999 and #9999999999 fail")),
    Nasty("an anchor is no number", mail(Subject=b"page/settings#1 and &#1; fail")),
    Nasty(
        "the number of someone else's ticket",
        mail(sender=GINA, Subject=b"Re: #1"),
        *("unmatched", None, "it answers #1 of Acme"),
    ),
    Nasty(
        "a thread of someone else's",
        mail(sender=GINA, Subject=b"Fwd: x", In_Reply_To=b"<first@acme.example>"),
        *("unmatched", None, "none of their contacts"),
    ),
    Nasty(
        "a stranger in a thread",
        mail(sender=UNKNOWN, Subject=b"Re: #1"),
        *("unmatched", None, "who@nowhere.example is none of their contacts"),
    ),
    Nasty("an address in capitals", mail(sender=b"CARLA@ACME.EXAMPLE", Subject=b"Hi #1"), ticket=1),
]

SENDERS = [
    Nasty("a stranger", mail(sender=UNKNOWN), "unmatched", None, "nobody on this desk has the address"),
    Nasty("no sender at all", mail(sender=b"", Subject=b"?"), "unmatched", None, "it names no sender"),
    Nasty("a sender that is no address", mail(sender=b"undisclosed"), "unmatched", None, "it names no sender"),
    Nasty("a sender in Sender alone", mail(sender=b"", Sender=b"carla@acme.example")),
    Nasty(
        "a name that poses as an address",
        mail(sender=b'"carla@acme.example" <who@nowhere.example>'),
        *("unmatched", None, "who@nowhere.example"),
    ),
    Nasty(
        "an encoded name that would close the address",
        mail(sender=b"=?utf-8?q?x=3Ccarla=40acme=2Eexample=3E?= <who@nowhere.example>"),
        *("unmatched", None, "who@nowhere.example"),
    ),
    Nasty(
        "an encoded name with line ends",
        mail(sender=b"=?utf-8?q?x=0D=0ABcc=3A_all=40x=2Ey?= <carla@acme.example>"),
    ),
    Nasty(
        "a contact of two customers", mail(sender=b"both@agency.example"), "unmatched", None, "several customers: Acme"
    ),
    Nasty("a free plan", mail(sender=b"hal@hobby.example"), "unmatched", None, "Hobby's Free plan has no professional"),
]

MACHINES = [
    Nasty(
        "an out of office", mail(Subject=b"#1", Auto_Submitted=b"auto-replied"), "robot", 1, "submitted automatically"
    ),
    Nasty("a machine without a ticket", mail(Auto_Submitted=b"auto-generated; x=y"), "robot", None, "automatically"),
    Nasty("a person who says so", mail(Auto_Submitted=b"no"), "filed"),
    Nasty("a newsletter", mail(Precedence=b"bulk"), "robot", None, "bulk or list"),
    Nasty("a list", mail(Precedence=b"LIST", Subject=b"#1"), "robot", 1, "bulk or list"),
    Nasty(
        "a bounce", mail(sender=b"MAILER-DAEMON@mx.example", Return_Path=b"<>"), "robot", None, "return path is empty"
    ),
    Nasty("Exchange's mark", mail(X_Auto_Response_Suppress=b"OOF, AutoReply"), "robot", None, "no automatic responses"),
    Nasty("an address of ours", mail(sender=b"support@zitadel.com", Subject=b"#1"), "robot", None, "address of ours"),
    Nasty("a loop that we are marked in", mail(X_Loop=b"support@zitadel.com"), "robot", None, "passed us before"),
    Nasty("another mark", mail(X_Autoreply=b"yes"), "robot", None, "automatic reply"),
    Nasty(
        "a delivery report",
        parts(
            b"multipart/report; report-type=delivery-status",
            PLAIN,
            b"Content-Type: message/delivery-status\r\n\r\nA: b",
        ),
        *("robot", None, "report of a mail system"),
    ),
    Nasty(
        "an out of office of ours stops no clock",
        mail(sender=BEN, To=b"carla@acme.example", Subject=b"#1", Auto_Submitted=b"auto-replied"),
        *("robot", None, "automatically"),
    ),
]

COLLEAGUES = [
    Nasty(
        "our answer", mail(sender=BEN, To=b"Carla <carla@acme.example>", Subject=b"Re: #1"), ticket=1, side="vendor"
    )._replace(clock="met"),
    Nasty(
        "our answer to another of the customer's people, in copy",
        mail(sender=BEN, To=b"x@y.example", Cc=b"otto@ACME.example", Subject=b"Re: #1"),
        ticket=1,
        side="vendor",
        clock="met",
    ),
    Nasty(
        "a word among us",
        mail(sender=BEN, To=b"cleo@vendor.example", Subject=b"#1"),
        ticket=1,
        side="vendor",
        kind="note",
    ),
    Nasty("ours without a ticket", mail(sender=BEN, Subject=b"Lunch"), "unmatched", None, "it names no ticket"),
    Nasty(
        "ours who may only look",
        mail(sender=b"rita@vendor.example", To=b"carla@acme.example", Subject=b"#1"),
        *("unmatched", None, "Rita may look but not change"),
    ),
]

BODIES = [
    Nasty("nothing but a sender", b"From: carla@acme.example", subject="(no subject)", text="[The mail is empty.]"),
    Nasty("references without end", mail(References=b"<a@b> " * 20_000)),
    Nasty("an empty subject", mail(Subject=b" \r\n "), subject="(no subject)"),
    Nasty("a folded subject", mail(Subject=b"Login\r\n loop\r\n\tagain"), subject="Login loop again"),
    Nasty("a subject in raw UTF-8", mail(Subject="Zürich steht".encode()), subject="Zürich steht"),
    Nasty("a subject in raw Latin-1", mail(Subject="Zürich steht".encode("latin-1")), subject="Zürich steht"),
    Nasty("a character split over words", mail(Subject=b"=?utf-8?q?Z=C3?=\r\n =?utf-8?q?=BCrich?="), subject="Zürich"),
    Nasty("an unknown encoded charset", mail(Subject=b"=?x-klingon?q?nuqneH?="), subject="nuqneH"),
    Nasty("a broken encoded word", mail(Subject=b"=?utf-8?b?!!!?= a"), holds="Help"),
    Nasty("a subject of 10,000 signs", mail(Subject=b"x" * 10_000), subject="x" * 299 + "…"),
    Nasty(
        "escapes and nulls", mail(b"a\x00b\x1b[2J\x1b]52;c;ZXZpbA==\x07", Subject=b"\x1b[31m"), holds="a\ufffdb\x1b[2J"
    ),
    Nasty("an injected header stays text", mail(b"Bcc: all@x.example\r\n\r\nhi"), text="Bcc: all@x.example\n\nhi"),
    Nasty(
        "UTF-8 that says it is Latin-1",
        mail("Zürich".encode(), Content_Type=b"text/plain; charset=iso-8859-1"),
        text="Zürich",
    ),
    Nasty(
        "Latin-1 that says it is UTF-8", mail(b"Z\xfcrich", Content_Type=b"text/plain; charset=utf-8"), text="Zürich"
    ),
    Nasty("Windows quotes", mail(b"\x93x\x94 \x80", Content_Type=b"text/plain; charset=iso-8859-1"), text="“x” €"),
    Nasty("an unknown charset", mail("Zürich".encode(), Content_Type=b"text/plain; charset=klingon"), text="Zürich"),
    Nasty("a charset that is no text", mail(b"4142", Content_Type=b"text/plain; charset=hex"), text="4142"),
    Nasty(
        "Japanese",
        mail("障害です".encode("iso-2022-jp"), Content_Type=b"text/plain; charset=iso-2022-jp"),
        text="障害です",
    ),
    Nasty("UTF-16", mail("Zürich".encode("utf-16"), Content_Type=b"text/plain; charset=utf-16"), text="Zürich"),
    Nasty("lone surrogates", mail(b"+2AA-x", Content_Type=b"text/plain; charset=utf-7"), holds="x"),
    Nasty("broken base64", mail(b"SGVsbG8\r\n!", Content_Transfer_Encoding=b"base64"), holds="Hel"),
    Nasty(
        "broken quoted-printable", mail(b"a=ZZb=\r\nc=3D", Content_Transfer_Encoding=b"quoted-printable"), holds="c="
    ),
    Nasty("an unknown encoding", mail(b"x", Content_Transfer_Encoding=b"x-rot14"), text="x"),
    Nasty(
        "flowed text",
        mail(b"one \r\ntwo\r\n> q \r\n-- \r\nme", Content_Type=b"text/plain; format=flowed"),
        text="one two\n> q \n-- \nme",
    ),
    Nasty("a quoted tail is kept", mail(b"Yes.\r\n\r\nOn Monday you wrote:\r\n> all of it"), holds="> all of it"),
    Nasty("lines of a lone carriage return", mail(b"a\rb"), text="a\nb"),
    Nasty(
        "HTML alone",
        mail(b"<style>p{}</style><p>Hi<br>you<script>x()</script>", Content_Type=b"text/html"),
        text="Hi\nyou",
    ),
    Nasty(
        "a link shows where it leads",
        mail(b'<a href="https://evil.example/">bank</a>', Content_Type=b"text/html"),
        text="[bank](https://evil.example/)",
    ),
    Nasty(
        "Word's HTML",
        mail(
            b"<!--[if mso]><xml>x</xml><![endif]--><p>a<?xml:namespace prefix = o /><o:p>b</o:p></p>",
            Content_Type=b"text/html",
        ),
        text="ab",
    ),
    Nasty("HTML nested without end", mail(b"<div>" * 20_000 + b"deep", Content_Type=b"text/html"), holds="deep"),
    Nasty("HTML that is none", mail(b"\x00<", Content_Type=b"text/html"), holds="<"),
]

PARTS = [
    Nasty("of two forms the plain one", parts(b"multipart/alternative", PLAIN, HTML), text="plain words"),
    Nasty("an empty plain form", parts(b"multipart/alternative", b"\r\n \r\n", HTML), text="rich words"),
    Nasty(
        "a screenshot within the HTML form is kept",
        parts(
            b"multipart/alternative",
            PLAIN,
            b"Content-Type: multipart/related; boundary=in\r\n\r\n--in\r\n"
            + HTML
            + b"\r\n--in\r\n"
            + IMAGE
            + b"\r\n--in--",
        ),
        text="plain words",
        files=("shot.png",),
    ),
    Nasty(
        "a path for a name",
        parts(b"multipart/mixed", PLAIN, attachment(b'filename="../../etc/cron.d/x"')),
        files=("x",),
    ),
    Nasty(
        "a name in pieces and percent signs",
        parts(b"multipart/mixed", PLAIN, attachment(b"filename*0*=utf-8''Z%C3%BC; filename*1=rich.log")),
        files=("Zürich.log",),
    ),
    Nasty(
        "an encoded name in quotes",
        parts(b"multipart/mixed", PLAIN, attachment(b'filename="=?utf-8?q?Z=C3=BCrich=2Elog?="')),
        files=("Zürich.log",),
    ),
    Nasty(
        "a name that turns around",
        parts(b"multipart/mixed", PLAIN, attachment('filename="a\u202egnp.exe"'.encode())),
        files=("agnp.exe",),
    ),
    Nasty(
        "winmail.dat",
        parts(b"multipart/mixed", attachment(b"filename=winmail.dat", b"\x78\x9f\x3e\x22", b"application/ms-tnef")),
        text="[The mail has no text, only 1 file.]",
        files=("winmail.dat",),
    ),
    Nasty(
        "a mail within the mail",
        parts(
            b"multipart/mixed", PLAIN, b"Content-Type: message/rfc822\r\n\r\nSubject: =?utf-8?q?=C3=BC?=\r\n\r\ninner"
        ),
        text="plain words",
        files=("ü.eml",),
    ),
    Nasty(
        "a log that is shown inline is a file",
        parts(
            b"multipart/mixed", PLAIN, b"Content-Type: text/plain; name=app.log\r\nContent-Disposition: inline\r\n\r\nl"
        ),
        text="plain words",
        files=("app.log",),
    ),
    Nasty("a footer is text", parts(b"multipart/mixed", PLAIN, PLAIN), text="plain words\n\nplain words"),
    Nasty(
        "an invitation",
        parts(b"multipart/alternative", PLAIN, b"Content-Type: text/calendar\r\n\r\nBEGIN"),
        files=("text.ics",),
    ),
    Nasty("parts that never end", parts(b"multipart/mixed", PLAIN)[:-9], text="plain words"),
    Nasty("parts without a boundary", mail(b"--cut\r\nx", Content_Type=b"multipart/mixed"), holds="x"),
    Nasty("a boundary that never comes", mail(b"x", Content_Type=b"multipart/mixed; boundary=no"), text="x"),
    Nasty(
        "nested beyond all sense",
        mail(b"", Content_Type=b"multipart/mixed; boundary=b0")
        + b"".join(b"--b%d\nContent-Type: multipart/mixed; boundary=b%d\n\n" % (n, n + 1) for n in range(3000)),
        holds="boundary=b2999",
    ),
    Nasty(
        "nested 60 deep",
        mail(b"", Content_Type=b"multipart/mixed; boundary=b0")
        + b"".join(b"--b%d\nContent-Type: multipart/mixed; boundary=b%d\n\n" % (n, n + 1) for n in range(60)),
        text="[The mail has no text, only 1 file.]",
        files=("multipart.bin",),
    ),
    Nasty("a content type of nonsense", mail(b"x", Content_Type=b";;=\xff/"), text="x"),
    Nasty("headers that are none", b"From carla Mon\r\nFrom: carla@acme.example\r\nnonsense\r\n\r\nx", holds="x"),
    Nasty("a million of nothing", mail(b"\n" * 1_000_000 + b"end"), text="end"),
]

ALL = [*CONVERSATIONS, *SENDERS, *MACHINES, *COLLEAGUES, *BODIES, *PARTS]
