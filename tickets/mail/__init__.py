"""Mail comes in: read, matched to people and conversations, and filed; nothing of it is ever dropped."""
