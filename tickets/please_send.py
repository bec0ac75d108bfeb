"""A message, ready to be sent: it asks for what a request lacks, or says what is offered where support excludes it."""

from __future__ import annotations

from typing import NamedTuple

from contracts.held import terms_at
from models.reading import scalar
from tickets.assessment import BACK, QUOTE, offer_of
from tickets.requests import Draft, missing


class _Words(NamedTuple):
    """The sentences of a language; {name} is the contact, `offers` what is said to an excluded request."""

    hello: str
    hello_nobody: str
    thanks: str
    nothing: str
    offers: dict[str, str]
    also: str
    apart: str
    end: str
    asks: dict[str, str]


_ENGLISH = _Words(
    hello="Hello {name},",
    hello_nobody="Hello,",
    thanks="thank you for your request. We are looking into it; to help you soon, please send us:",
    nothing="thank you for your request. We have all that we need for now.",
    offers={
        QUOTE: "thank you for your request. It is consulting or engineering for you alone, which support does not "
        "include. We gladly make you a quote for it: may we?",
        BACK: "thank you for forwarding this. Support answers its contacts at your company, not your end users; please "
        "answer them yourselves. Where you find that our product is at fault, tell us what you saw, and we look into "
        "it.",
    },
    also="For that, please send us:",
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
    offers={
        QUOTE: "Vielen Dank für Ihre Anfrage. Es geht um Beratung oder Entwicklung eigens für Sie; der Support "
        "schliesst sie nicht ein. Gern machen wir Ihnen dafür eine Offerte: dürfen wir?",
        BACK: "Vielen Dank für die Weiterleitung. Der Support antwortet Ihren Ansprechpersonen, nicht Ihren "
        "Endbenutzern; bitte antworten Sie ihnen selbst. Liegt der Fehler bei unserem Produkt, schreiben Sie uns, was "
        "Sie gesehen haben, und wir gehen dem nach.",
    },
    also="Dafür senden Sie uns bitte:",
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
    """Ask for what is missing in a language of the contract; English where the desk has no words of that one.

    An excluded request (annex "Support request") is told what is offered instead.
    """
    words = _BY_NAME.get(language.casefold(), _ENGLISH)
    name = scalar("SELECT name FROM contact WHERE id = ?", (draft.contact_id,)) if draft.contact_id else None
    hello = words.hello.format(name=name) if name else words.hello_nobody
    lines = "\n".join(f"- {words.asks[each.field]}" for each in missing(draft))
    offer = offer_of(draft.scenario)
    if offer:
        parts = [words.offers[offer], *((words.also, lines) if lines else ())]
    else:
        parts = [words.thanks, lines, words.apart] if lines else [words.nothing]
    return "\n\n".join((hello, *parts, words.end)) + "\n"


def language_of(customer_id: int, at: int) -> str:
    """The first language that the customer's terms name at an instant; English without a contract."""
    held = terms_at(customer_id, at)
    return held.terms.languages.value[0] if held and held.terms.languages.value else "English"
