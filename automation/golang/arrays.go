// SPDX-License-Identifier: GPL-2.0-only

// Arrays of numbers on their way to libxl and back. It is compiled as one
// program with the generated bindings, for their helpers are not exported, and
// with ASan, which sees what is written beyond an array.
package main

// #include <libxl.h>
import "C"

import (
	"fmt"
	"os"
	"reflect"
)

// As many as there may be nodes; fewer than 8 are the ones that did not fit.
const mostNodes = 64

func numbers(n int) []uint64 {
	var all []uint64

	for i := 0; i < n; i++ {
		all = append(all, uint64(n)<<40+uint64(i)+1)
	}
	return all
}

func nodeMemory(n int) (DomainNodeMemory, DomainNodeMemory, error) {
	var got DomainNodeMemory
	var c C.libxl_domain_node_memory

	sent := DomainNodeMemory{NodeMemkb: numbers(n)}
	err := sent.toC(&c)
	if err == nil {
		err = got.fromC(&c)
	}
	C.libxl_domain_node_memory_dispose(&c)
	return sent, got, err
}

func claims(n int) (DomainClaims, DomainClaims, error) {
	var got DomainClaims
	var c C.libxl_domain_claims

	sent := DomainClaims{HostMemkb: 1 << 50, NodeMemkb: numbers(n)}
	err := sent.toC(&c)
	if err == nil {
		err = got.fromC(&c)
	}
	C.libxl_domain_claims_dispose(&c)
	return sent, got, err
}

func expect(sent, got interface{}, err error) {
	if err != nil || !reflect.DeepEqual(sent, got) {
		fmt.Printf("# sent %v, got %v, %v\n", sent, got, err)
		os.Exit(1)
	}
}

func main() {
	for n := 0; n <= mostNodes; n++ {
		memory, gotMemory, err := nodeMemory(n)
		expect(memory, gotMemory, err)
		set, gotSet, err := claims(n)
		expect(set, gotSet, err)
	}
}
