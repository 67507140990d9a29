"""The photographs of Kaggle's course on computer vision, through Kaggle's own client.

The client keeps a download that broke off and goes on with it the next time; it compares what came
with the sum that the storage names. What it unpacked is then imported like any other folder.
"""

from __future__ import annotations

import json
import shutil
import zipfile
import zlib
from pathlib import Path

from coursetools.datasets.disk import place_named
from coursetools.datasets.errors import (
    BrokenDownloadError,
    DownloadError,
    LayoutError,
    NoPicturesError,
)
from coursetools.datasets.folders import imported_folder
from coursetools.datasets.importing import import_folder
from coursetools.datasets.lock import only_one
from coursetools.datasets.new_set import Import, Progress, require_replaceable
from coursetools.paths import DataNotFoundError, user_data_folder

HANDLE = "ryanholbrook/car-or-truck"
SOURCE = f"Kaggle's set `{HANDLE}`"

_INSTEAD = (
    "What was there before is still there. You can also get photographs with `coursetools data "
    "fetch cifar10` or `coursetools data import FOLDER`."
)
_LOG_IN = "If your network has a page to log in, log in there first."
_CREDENTIALS = (
    "Public sets need no account as a rule. If you have a token in `~/.kaggle` or in "
    "`KAGGLE_API_TOKEN`, it may be out of date: make a new one on kaggle.com under Settings, API, "
    "or put the old one away."
)

# What a server's odd answer or a damaged archive makes the client and its unpackers raise.
_BROKEN = (
    ValueError,
    TypeError,
    KeyError,
    AttributeError,
    EOFError,
    zipfile.BadZipFile,
    zlib.error,
)


def fetch_kaggle(*, target: Path | None = None, progress: Progress | None = None) -> Import:
    """Download Kaggle's *Car or Truck* and import it, to be used with the profile `full`.

    The download stays in the client's cache (`~/.cache/kagglehub`, or `KAGGLEHUB_CACHE`), so that
    it can be imported again without a network.

    Args:
        target: Where the set goes; None is the user's data folder.
        progress: Is told how far the import is; the download has a bar of its own.

    Raises:
        DownloadError: There is no network, Kaggle refuses, or the download broke off.
        BrokenDownloadError: What came is not the set; it was deleted.
        LayoutError: There is something else where the set would go.
        BusyError: Another such download or an import is at work.
        OSError: Something cannot be written.
    """
    require_replaceable(target or imported_folder())
    with only_one(user_data_folder(), "kaggle"):
        folder = _download()
        try:
            return import_folder(folder, target=target, source=SOURCE, progress=progress)
        except (DataNotFoundError, LayoutError, NoPicturesError) as error:
            _forget_download()
            raise BrokenDownloadError(
                f"What came from Kaggle is not the set that was expected: {error} The download "
                f"was deleted, so that the same command loads it anew. {_INSTEAD}"
            ) from error


def _download() -> Path:
    """Give the folder with the unpacked set, from the client's cache where it is there."""
    import kagglehub
    import requests
    from kagglehub.config import get_cache_folder
    from kagglehub.exceptions import CredentialError, DataCorruptionError

    try:
        with place_named(Path(get_cache_folder())):
            return Path(kagglehub.dataset_download(HANDLE))
    except requests.HTTPError as error:
        raise DownloadError(_refused(error)) from error
    except (requests.ConnectionError, requests.Timeout) as error:
        raise DownloadError(
            "Kaggle cannot be reached. Connect to the internet, then run the same command again. "
            f"{_INSTEAD}"
        ) from error
    except requests.exceptions.ChunkedEncodingError as error:
        raise DownloadError(
            "The download from Kaggle broke off. What has come of it is kept: run the same "
            f"command again, and it goes on from there. {_INSTEAD}"
        ) from error
    except json.JSONDecodeError as error:
        raise DownloadError(
            f"What answered cannot be Kaggle. {_LOG_IN} Then run the same command again. {_INSTEAD}"
        ) from error
    except CredentialError as error:
        raise DownloadError(f"{error} {_CREDENTIALS} {_INSTEAD}") from error
    except (DataCorruptionError, requests.RequestException, *_BROKEN) as error:
        if isinstance(error, ValueError) and "credentials file" in str(error):
            raise DownloadError(f"{error}. {_CREDENTIALS} {_INSTEAD}") from error
        _forget_download()
        reason = "its sum is another" if isinstance(error, DataCorruptionError) else _short(error)
        raise BrokenDownloadError(
            f"What came from Kaggle is not the set ({reason}), and was deleted. {_LOG_IN} Then run "
            f"the same command again, and it is loaded anew. {_INSTEAD}"
        ) from error


def _refused(error: OSError) -> str:
    """Say what an answer with an error's number means and what to do."""
    response = getattr(error, "response", None)
    status = getattr(response, "status_code", 0)
    reasons = {
        401: f"It wants to know who you are. {_CREDENTIALS}",
        403: f"It does not give this set to you. {_CREDENTIALS}",
        404: "There is no such set any more.",
        429: "There were too many requests from here. Wait a few minutes, then try again.",
    }
    reason = reasons.get(status, "Try again later.")
    return f"Kaggle refused the download (`{status or _short(error)}`). {reason} {_INSTEAD}"


def _forget_download() -> None:
    """Delete what the client keeps of this set, so that the next try begins anew."""
    from kagglehub.cache import get_cached_path
    from kagglehub.handle import parse_dataset_handle

    shutil.rmtree(get_cached_path(parse_dataset_handle(HANDLE)), ignore_errors=True)


def _short(error: BaseException) -> str:
    """Give an error's first line, cut to what fits a sentence."""
    lines = str(error).strip().splitlines() or [type(error).__name__]
    return lines[0][:160]
