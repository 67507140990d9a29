"""Runs `coursetools` in a process of its own, with Kaggle's client sent to another address.

python command.py ADDRESS data fetch kaggle
"""

import sys

from kagglesdk import kaggle_env

from coursetools.cli import app

if __name__ == "__main__":
    kaggle_env._env_to_endpoint[kaggle_env.KaggleEnv.PROD] = sys.argv[1]
    app(sys.argv[2:])
