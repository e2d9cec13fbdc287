/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the checks of requests have to say, for counts of any size, and that no
 * sum or difference in them wraps: contracts for Frama-C's WP to prove of the
 * claims section of page_alloc.c.
 */
#include <limits.h>
#include <stdint.h>

#include "exhaustive.h"

static unsigned long node_outstanding_claims[MAX_NUMNODES];
static const struct node_claims no_node_claims;

/*@ predicate is_count(integer pages) = 0 <= pages <= 0x10000000000000;

    predicate are_counts =
      is_count(outstanding_claims) && is_count(total_avail_pages) &&
      (\forall integer n; 0 <= n < MAX_NUMNODES ==>
         is_count(node_outstanding_claims[n]) &&
         is_count(node_avail_pages[n]));

    // It is constant, and not initialised to anything else.
    predicate are_none =
      \forall integer n; 0 <= n < MAX_NUMNODES ==>
        no_node_claims.pages[n] == 0;

    predicate all_fits =
      outstanding_claims <= total_avail_pages &&
      (\forall integer n; 0 <= n < MAX_NUMNODES ==>
         node_outstanding_claims[n] <= node_avail_pages[n]);

    predicate is_domain(struct domain *d) =
      \valid_read(d) && (d->claims != \null ==> \valid_read(d->claims));

    predicate is_target(integer node) =
      node == NUMA_NO_NODE || 0 <= node < MAX_NUMNODES;

    predicate has_credit(struct domain *d, integer memflags) =
      d != \null && (memflags & MEMF_no_refcount) == 0;

    logic integer left_of(integer avail_pages, integer claims) =
      \max(0, avail_pages - claims);

    logic integer own_on(struct domain *d, integer node) =
      d->claims != \null ? d->claims->pages[node] : 0;

    logic integer credit(struct domain *d, integer node, integer memflags) =
      d == \null || (memflags & MEMF_no_refcount) != 0 ? 0 :
      node == NUMA_NO_NODE ? d->outstanding_pages : own_on(d, node);
*/

/*@ assigns \nothing;
    ensures \result == left_of(avail_pages, claims); */
static unsigned long unclaimed(unsigned long avail_pages, unsigned long claims);

/*@ requires is_domain(d) && are_none;
    assigns \result \from d;
    ensures \valid_read(\result);
    ensures \forall integer n; 0 <= n < MAX_NUMNODES ==>
      \result->pages[n] == own_on(d, n); */
static const struct node_claims *claims_on_nodes(const struct domain *d);

/*@ requires \valid_read(own) && node < MAX_NUMNODES && are_counts;
    assigns \nothing;
    ensures \result <==>
      request <= left_of(node_avail_pages[node],
                         node_outstanding_claims[node]) + own->pages[node]; */
static bool node_permits(const struct node_claims *own, unsigned int node,
                         unsigned long request);

/*@ requires d != \null ==> is_domain(d);
    requires is_target(node) && are_counts && are_none;
    assigns \nothing;

    behavior others:
      assumes !has_credit(d, memflags);
      ensures !\result;

    behavior host:
      assumes has_credit(d, memflags) && node == NUMA_NO_NODE;
      ensures \result <==>
        request <= left_of(total_avail_pages, outstanding_claims) +
                   d->outstanding_pages;

    behavior node:
      assumes has_credit(d, memflags) && node != NUMA_NO_NODE;
      ensures \result <==>
        request <= left_of(node_avail_pages[node],
                           node_outstanding_claims[node]) + own_on(d, node);

    complete behaviors;
    disjoint behaviors; */
static bool own_claims_permit(const struct domain *d, unsigned int node,
                              unsigned long request, unsigned int memflags);

/*@ requires d != \null ==> is_domain(d);
    requires is_target(node) && are_counts && are_none && all_fits;
    requires is_count(request);
    assigns \nothing;

    behavior host:
      assumes node == NUMA_NO_NODE;
      ensures \result <==>
        request <= total_avail_pages - outstanding_claims +
                   credit(d, node, memflags);

    behavior node:
      assumes node != NUMA_NO_NODE;
      ensures \result <==>
        request <= node_avail_pages[node] - node_outstanding_claims[node] +
                   credit(d, node, memflags);

    complete behaviors;
    disjoint behaviors; */
static bool claims_permit(const struct domain *d, unsigned int node,
                          unsigned long request, unsigned int memflags);

/*@ // What redeem() takes off claims on other nodes: its third step.
    logic integer third_step(struct domain *d, integer node, integer request) =
      \max(0, \min(request, d->outstanding_pages) - own_on(d, node) -
             (d->outstanding_pages - d->node_claims));
*/

/*@ requires is_domain(d) && are_none && node < MAX_NUMNODES;
    requires d->node_claims <= d->outstanding_pages;
    assigns \nothing;
    ensures \result <==> third_step(d, node, request) == 0; */
static bool spares_other_nodes(const struct domain *d, unsigned int node,
                               unsigned long request);

#include <claims-section.c>
