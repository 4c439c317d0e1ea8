# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Settings of the tests: the real ones, in a data folder of their own, on the database that TEST_DATABASE_URL names."""

import atexit
import os
import shutil
import tempfile

# The folder is made by the first process and inherited by the workers of a parallel run.
if "RECOURSE_TEST_DATA" not in os.environ:
    os.environ["RECOURSE_TEST_DATA"] = tempfile.mkdtemp(prefix="recourse-test-")
    atexit.register(shutil.rmtree, os.environ["RECOURSE_TEST_DATA"], ignore_errors=True)

# Whatever the developer's shell says, tests never touch a real installation.
for name in [
    name for name in os.environ if name.startswith("RECOURSE_") and not name.startswith("RECOURSE_TEST_")
]:
    if name != "RECOURSE_CHROMIUM":
        del os.environ[name]
os.environ["RECOURSE_DATA"] = os.environ["RECOURSE_TEST_DATA"]
os.environ["RECOURSE_DATABASE_URL"] = os.environ.get("TEST_DATABASE_URL", "")
os.environ["RECOURSE_DEMO"] = "1"

from recourse.config.settings import *  # noqa: E402, F403

# Slow hashing protects passwords; here there are none to protect.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
