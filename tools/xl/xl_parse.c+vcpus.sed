# SPDX-License-Identifier: LGPL-2.1-only
# Without vcpus= there is one, which has an affinity, too.

/^        b_info->max_vcpus = vcpus;$/s/vcpus;/vcpus ?: 1;/
