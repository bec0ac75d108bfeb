"""What tamdesk is measured beside: small programs with Textual's own widgets."""
