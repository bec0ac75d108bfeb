"""What a browser makes of the pages that leave the desk."""
