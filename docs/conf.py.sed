# SPDX-License-Identifier: CC-BY-4.0

# May miss: later versions import it.
/^# -- Path setup ---/i\
import sys\


# May miss: later versions name the language.
/^language = None$/s/None/'en'/
