"""The plugins of an office: found, loaded in order, and isolated from each other."""

from typing import Final

#: The version of the plugin interface that this officeops speaks. A plugin names it in its
#: manifest; one that names none is of the first.
INTERFACE: Final = 2
