"""Run a program that is killed as soon as it makes an internet socket.

    python cage.py PROGRAM [ARGUMENTS ...]

The kernel itself watches (seccomp), so native libraries are caught as well as Python code, and
so are their children. Linux on x86_64 and aarch64.
"""

from __future__ import annotations

import ctypes
import os
import platform
import socket
import sys

SOCKET_CALL = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
"""Per machine: the kernel's number for it, and that of its socket call (linux/audit.h)."""

# From linux/bpf_common.h, linux/seccomp.h and linux/prctl.h.
LOAD, JUMP_IF_EQUAL, RETURN = 0x20, 0x15, 0x06
CALL_NUMBER, MACHINE, FIRST_ARGUMENT = 0, 4, 16  # offsets in struct seccomp_data
ALLOW, KILL_PROCESS = 0x7FFF0000, 0x80000000
PR_SET_SECCOMP, PR_SET_NO_NEW_PRIVS, SECCOMP_MODE_FILTER = 22, 38, 2


class Instruction(ctypes.Structure):
    _fields_ = (
        ("code", ctypes.c_ushort),
        ("if_true", ctypes.c_ubyte),
        ("if_false", ctypes.c_ubyte),
        ("value", ctypes.c_uint),
    )


class Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.POINTER(Instruction)))


def lock() -> None:
    """Forbid internet sockets to this process and its children, for good."""
    machine, call = SOCKET_CALL[platform.machine()]
    rules = (
        (LOAD, 0, 0, MACHINE),
        (JUMP_IF_EQUAL, 0, 5, machine),
        (LOAD, 0, 0, CALL_NUMBER),
        (JUMP_IF_EQUAL, 0, 3, call),
        (LOAD, 0, 0, FIRST_ARGUMENT),
        (JUMP_IF_EQUAL, 2, 0, socket.AF_INET),
        (JUMP_IF_EQUAL, 1, 0, socket.AF_INET6),
        (RETURN, 0, 0, ALLOW),
        (RETURN, 0, 0, KILL_PROCESS),
    )
    instructions = (Instruction * len(rules))(*(Instruction(*rule) for rule in rules))
    program = Program(len(rules), instructions)
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "no_new_privs")
    if libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0):
        raise OSError(ctypes.get_errno(), "seccomp")


if __name__ == "__main__":
    lock()
    os.execv(sys.argv[1], sys.argv[1:])
