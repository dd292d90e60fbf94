"""The web app: pages and a JSON API on the person's own machine."""
