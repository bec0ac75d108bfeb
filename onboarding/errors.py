"""What an onboarding refuses."""

from models.errors import DomainError


class OnboardingRefused(DomainError):
    """A rule of bringing customers on board does not permit it; the message says which, and what is possible."""
