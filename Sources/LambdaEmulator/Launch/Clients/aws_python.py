"""Runs AWS's client with the handler that _HANDLER names by now: an exec wrapper may have put another one there."""
import os
import runpy
import sys

# As with python -m awslambdaric.
sys.path[0] = os.getcwd()
sys.argv = ["awslambdaric", os.environ["_HANDLER"]]
runpy.run_module("awslambdaric", run_name="__main__", alter_sys=True)
