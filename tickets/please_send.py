"""A message, ready to be sent, that asks a customer for what their request lacks."""

from __future__ import annotations

from typing import NamedTuple

from contracts.held import terms_at
from models.reading import scalar
from tickets.requests import Draft, missing


class _Words(NamedTuple):
    """The sentences of a language; {name} is the contact."""

    hello: str
    hello_nobody: str
    thanks: str
    nothing: str
    apart: str
    end: str
    asks: dict[str, str]


_ENGLISH = _Words(
    hello="Hello {name},",
    hello_nobody="Hello,",
    thanks="thank you for your request. We are looking into it; to help you soon, please send us:",
    nothing="thank you for your request. We have all that we need for now.",
    apart="If there are several problems, please send each one separately, so that none waits for another.",
    end="Kind regards",
    asks={
        "subject": "the problem in one line",
        "body": "a description of the problem",
        "contact": "the name of the person whom we may ask",
        "scenario": "whether something fails, has to be upgraded or changed, is documented wrongly, or is a question",
        "customer_severity": "how severe it is for you, from 1 (service down) to 4 (not urgent)",
        "impact": "what it means for your work: who is affected, how many, and since when",
        "observed": "what happens, with the exact error message",
        "expected": "what should happen instead",
        "steps": "the steps that make it happen again",
        "evidence": "what shows that neither connectivity nor compute is the cause, such as a try from another network",
        "logs": "the log files of that time, anonymised",
        "feature": "which feature or page of the documentation it is about",
    },
)
_GERMAN = _Words(
    hello="Guten Tag {name}",
    hello_nobody="Guten Tag",
    thanks="Vielen Dank für Ihre Anfrage. Wir sind daran; damit wir Ihnen rasch helfen können, senden Sie uns bitte:",
    nothing="Vielen Dank für Ihre Anfrage. Wir haben vorerst alles, was wir brauchen.",
    apart="Bei mehreren Problemen senden Sie uns bitte jedes einzeln, damit keines auf ein anderes wartet.",
    end="Freundliche Grüsse",
    asks={
        "subject": "das Problem in einer Zeile",
        "body": "eine Beschreibung des Problems",
        "contact": "den Namen der Person, die wir fragen dürfen",
        "scenario": "ob es ein Fehler, eine Aktualisierung oder Änderung, falsche Dokumentation oder eine Frage ist",
        "customer_severity": "wie schwer es für Sie wiegt, von 1 (Dienst steht still) bis 4 (nicht dringend)",
        "impact": "was es für Ihre Arbeit bedeutet: wer und wie viele betroffen sind, und seit wann",
        "observed": "was geschieht, mit der genauen Fehlermeldung",
        "expected": "was stattdessen geschehen sollte",
        "steps": "die Schritte, mit denen es sich wiederholen lässt",
        "evidence": "was zeigt, dass weder Verbindung noch Rechenleistung die Ursache sind, etwa ein Versuch aus einem "
        "anderen Netz",
        "logs": "die Logdateien dieser Zeit, anonymisiert",
        "feature": "um welche Funktion oder Seite der Dokumentation es geht",
    },
)
_BY_NAME = {"english": _ENGLISH, "en": _ENGLISH}
_BY_NAME |= dict.fromkeys(("german", "swiss-german", "de", "de-ch", "gsw"), _GERMAN)


def please_send(draft: Draft, language: str = "English") -> str:
    """Ask for what is missing in a language of the contract; English where the desk has no words of that one."""
    words = _BY_NAME.get(language.casefold(), _ENGLISH)
    name = scalar("SELECT name FROM contact WHERE id = ?", (draft.contact_id,)) if draft.contact_id else None
    hello = words.hello.format(name=name) if name else words.hello_nobody
    asked = [words.asks[each.field] for each in missing(draft)]
    if not asked:
        return f"{hello}\n\n{words.nothing}\n\n{words.end}\n"
    lines = "\n".join(f"- {each}" for each in asked)
    return f"{hello}\n\n{words.thanks}\n\n{lines}\n\n{words.apart}\n\n{words.end}\n"


def language_of(customer_id: int, at: int) -> str:
    """The first language that the customer's terms name at an instant; English without a contract."""
    held = terms_at(customer_id, at)
    return held.terms.languages.value[0] if held and held.terms.languages.value else "English"
