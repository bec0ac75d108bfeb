"""Pictures of the screens, compared sign by sign and colour by colour."""
