"""Becomes the command given to it: `python -I -S child.py PARENT SIGNAL UID GID CAPABILITY COMMAND…`.

First it drops to the user asked for and asks the kernel to be sent SIGNAL when PARENT dies, so that a
launcher which is killed hard leaves nothing behind. A dash stands for "not wanted". Standard library only: it
runs without site-packages.
"""

import ctypes
import os
import sys

PR_SET_PDEATHSIG = 1
PR_SET_KEEPCAPS = 8
PR_CAP_AMBIENT = 47
PR_CAP_AMBIENT_RAISE = 2
CAPABILITY_VERSION_3 = 0x20080522


class CapabilityHeader(ctypes.Structure):
    _fields_ = [("version", ctypes.c_uint32), ("pid", ctypes.c_int)]


class CapabilityData(ctypes.Structure):
    _fields_ = [
        ("effective", ctypes.c_uint32),
        ("permitted", ctypes.c_uint32),
        ("inheritable", ctypes.c_uint32),
    ]


def become(uid: int, gid: int, capability: int | None) -> None:
    """Drop root for good, keeping at most the one capability that lets a closed parent folder be passed."""
    libc = ctypes.CDLL(None, use_errno=True)
    if capability is not None:
        libc.prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0)
    os.setgroups([])
    os.setgid(gid)
    os.setuid(uid)
    if capability is not None:
        bit = 1 << capability
        data = (CapabilityData * 2)(CapabilityData(bit, bit, bit), CapabilityData(0, 0, 0))
        if libc.capset(ctypes.byref(CapabilityHeader(CAPABILITY_VERSION_3, 0)), data) != 0:
            raise OSError(ctypes.get_errno(), "capset")
        if libc.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, capability, 0, 0) != 0:
            raise OSError(ctypes.get_errno(), "prctl")


def main(arguments: list[str]) -> None:
    parent, number, uid, gid, capability, *command = arguments
    if uid != "-":
        become(int(uid), int(gid), None if capability == "-" else int(capability))
    if number != "-" and sys.platform == "linux":
        # After the change of user: the kernel forgets the wish when credentials change.
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(number), 0, 0, 0)
        if os.getppid() != int(parent):
            sys.exit("the launcher is gone")
    os.execvp(command[0], command)


if __name__ == "__main__":
    main(sys.argv[1:])
