"""Regions and other cases side by side: their scores, cited and calibrated, and what goes with an outcome."""
