# Questions to a Python before it runs a function. Answers have a mark: modules imported at every start may print too.
# The client is imported whole: its part in C may be built for another machine.
import sys
print("lanes version", *sys.version_info[:2])
print("lanes executable", sys.executable)
for folder in sys.prefix, sys.base_prefix, sys.exec_prefix, sys.base_exec_prefix, *sys.path:
    if folder:
        print("lanes folder", folder)
try:
    import awslambdaric.bootstrap
    try:
        from importlib.metadata import version
        print("lanes client", version("awslambdaric"))
    except Exception:
        print("lanes client")
except Exception as error:
    missing = isinstance(error, ModuleNotFoundError) and error.name == "awslambdaric"
    print("lanes missing" if missing else "lanes broken " + " ".join(str(error).split()))
# Every start reads the hook: it is compiled once, without a look at the source, whose time may differ in a container.
for path in sys.argv[1:]:
    try:
        import py_compile
        py_compile.compile(path, doraise=True, invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH)
    except Exception:
        pass
