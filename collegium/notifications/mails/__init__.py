"""News by mail: at once after a short grace, or gathered once a day or a week, in the language of its reader."""
