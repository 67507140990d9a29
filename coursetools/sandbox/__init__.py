"""Runs a notebook's cells where nothing that they do matters."""
