"""Grades a folder of submissions; nothing here imports TensorFlow or runs a student's code."""
