"""A function of generated files."""

from pathlib import Path


def find_files(folder: str, endings: set[str]) -> list[Path]:
    """Find files in a folder, and in those that it holds, but no hidden ones."""
    found = []
    for path in Path(folder).rglob("*"):
        names = path.relative_to(folder).parts
        is_hidden = any(name.startswith(".") for name in names)
        if path.suffix.lower() in endings and not is_hidden:
            found.append(path)
    if not found:
        raise ValueError(f"no file that ends in {', '.join(sorted(endings))}")
    return sorted(found)
