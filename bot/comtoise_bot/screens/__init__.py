"""The bot's screens: what each says, and the buttons below. Pure; every word is for a reader.

A screen is drawn whole from what the database holds, so that any button, however old, can redraw it.
"""
