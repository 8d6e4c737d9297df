"""Become Chromium, with the ends of its pipes where it looks for them; imports nothing of ours.

`python launcher.py READ WRITE USER PROGRAM ARGUMENT…` is run by `process.py`, in a process of its
own: which number a pipe has can't be chosen between fork and exec without a fault in another
thread. USER is a number, or `-` to stay who one is; whoever that is need not be able to read this.

Source: Chromium's `--remote-debugging-pipe`: it reads from 3 and writes to 4.
"""

import os
import resource
import sys

read, write, user = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
high = max(read, write, 4) + 1
os.dup2(read, high)
os.dup2(write, high + 1)
os.dup2(high, 3)
os.dup2(high + 1, 4)
os.closerange(5, high + 2)
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
if user != "-":
    os.setgroups([])
    os.setgid(int(user))
    os.setuid(int(user))
os.execv(sys.argv[4], sys.argv[4:])  # noqa: S606 (what the settings name, without a shell)
