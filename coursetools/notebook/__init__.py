"""The notebook's side of the course: exercises to answer, figures with a text, live curves.

Nothing is imported here. A notebook finds these names at `coursetools`; where a submission is run
for grading the lessons are not there, and figures and live curves must work without them.
"""
