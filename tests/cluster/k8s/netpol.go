package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"log"
	"os/exec"
	"slices"
	"strings"
	"time"

	core "k8s.io/api/core/v1"
	networking "k8s.io/api/networking/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/util/intstr"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/cache"
	"k8s.io/client-go/tools/clientcmd"
)

// runNetpol makes the node obey NetworkPolicies. It turns all of them into one nftables
// table on the forward hook, which sees packets between Pods after kube-proxy has put
// a Pod's address in place of a Service's, and replaces the table whole at each change.
// Traffic between a Pod and its own node passes other hooks, so it is always allowed, as
// Kubernetes documents.
func runNetpol(args []string) error {
	flags := flag.NewFlagSet("netpol", flag.ExitOnError)
	kubeconfig := flags.String("kubeconfig", "", "how to reach the cluster")
	flags.Parse(args)

	config, err := clientcmd.BuildConfigFromFlags("", *kubeconfig)
	if err != nil {
		return err
	}
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return err
	}
	ctx := context.Background()
	factory := informers.NewSharedInformerFactory(client, 0)
	pods := factory.Core().V1().Pods()
	namespaces := factory.Core().V1().Namespaces()
	policies := factory.Networking().V1().NetworkPolicies()

	changed := make(chan struct{}, 1)
	notify := func() {
		select {
		case changed <- struct{}{}:
		default:
		}
	}
	for _, informer := range []cache.SharedIndexInformer{pods.Informer(), namespaces.Informer(), policies.Informer()} {
		if _, err := informer.AddEventHandler(cache.ResourceEventHandlerFuncs{
			AddFunc:    func(any) { notify() },
			UpdateFunc: func(_, _ any) { notify() },
			DeleteFunc: func(any) { notify() },
		}); err != nil {
			return err
		}
	}
	factory.Start(ctx.Done())
	for kind, ok := range factory.WaitForCacheSync(ctx.Done()) {
		if !ok {
			return fmt.Errorf("cannot list %v", kind)
		}
	}

	previous := ""
	for range changed {
		state := clusterState{namespaces: map[string]labels.Set{}}
		allPods, err1 := pods.Lister().List(labels.Everything())
		allNamespaces, err2 := namespaces.Lister().List(labels.Everything())
		state.policies, err = policies.Lister().List(labels.Everything())
		if err := errors.Join(err1, err2, err); err != nil {
			return err
		}
		for _, namespace := range allNamespaces {
			state.namespaces[namespace.Name] = namespace.Labels
		}
		for _, pod := range allPods {
			if hasOwnAddress(pod) {
				state.pods = append(state.pods, pod)
			}
		}
		if table := state.render(); table != previous {
			nft := exec.Command("nft", "-f", "-")
			nft.Stdin = strings.NewReader(table)
			if output, err := nft.CombinedOutput(); err != nil {
				return fmt.Errorf("nft: %w\n%s\n%s", err, output, table)
			}
			log.Printf("%d policies, %d pods: rules replaced", len(state.policies), len(state.pods))
			previous = table
		}
		time.Sleep(50 * time.Millisecond) // a rollout changes many Pods at once
	}
	return nil
}

func hasOwnAddress(pod *core.Pod) bool {
	return pod.Status.PodIP != "" && !pod.Spec.HostNetwork &&
		pod.Status.Phase != core.PodSucceeded && pod.Status.Phase != core.PodFailed
}

type clusterState struct {
	pods       []*core.Pod
	namespaces map[string]labels.Set
	policies   []*networking.NetworkPolicy
}

// render writes the table. Each Pod that a policy selects gets a chain per direction: what
// a rule allows returns from it, the rest is dropped. A packet must pass the sender's
// chain and the receiver's. Only replies are exempt, not whole established
// connections: a new policy bites on connections that a controller keeps open, too.
func (s clusterState) render() string {
	var jumps, chains bytes.Buffer
	slices.SortFunc(s.pods, func(a, b *core.Pod) int { return strings.Compare(a.Status.PodIP, b.Status.PodIP) })
	slices.SortFunc(s.policies, func(a, b *networking.NetworkPolicy) int {
		return strings.Compare(a.Namespace+"/"+a.Name, b.Namespace+"/"+b.Name)
	})
	for _, pod := range s.pods {
		ip := pod.Status.PodIP
		for _, direction := range []networking.PolicyType{networking.PolicyTypeEgress, networking.PolicyTypeIngress} {
			var rules []string
			isolated := false
			for _, policy := range s.policies {
				if policy.Namespace != pod.Namespace || !slices.Contains(policy.Spec.PolicyTypes, direction) ||
					!selects(&policy.Spec.PodSelector, pod.Labels) {
					continue
				}
				isolated = true
				if direction == networking.PolicyTypeIngress {
					for _, rule := range policy.Spec.Ingress {
						rules = append(rules, s.allow(policy.Namespace, "saddr", rule.From, rule.Ports, pod)...)
					}
				} else {
					for _, rule := range policy.Spec.Egress {
						rules = append(rules, s.allow(policy.Namespace, "daddr", rule.To, rule.Ports, nil)...)
					}
				}
			}
			if !isolated {
				continue
			}
			match := map[networking.PolicyType]string{networking.PolicyTypeIngress: "daddr", networking.PolicyTypeEgress: "saddr"}[direction]
			chain := strings.ToLower(string(direction)) + "-" + strings.ReplaceAll(ip, ".", "-")
			fmt.Fprintf(&jumps, "    ip %s %s jump %s\n", match, ip, chain)
			fmt.Fprintf(&chains, "  chain %s {\n", chain)
			for _, rule := range rules {
				fmt.Fprintf(&chains, "    %s return\n", rule)
			}
			fmt.Fprintf(&chains, "    drop\n  }\n")
		}
	}
	const table = "table ip network-policies"
	// nft has no 'replace': declare it so that it can be deleted, all in one transaction
	return fmt.Sprintf("%s {}\ndelete %s\n%s {\n%s  chain forward {\n    type filter hook forward priority filter - 1; policy accept;\n"+
		"    ct direction reply accept\n%s  }\n}\n", table, table, table, chains.String(), jumps.String())
}

// allow writes the matches of one rule. peerField says at which end of the packet the
// peers are; receiver is the Pod at the other end, where that is known, or nil when
// each peer is a receiver.
func (s clusterState) allow(namespace, peerField string, peers []networking.NetworkPolicyPeer, ports []networking.NetworkPolicyPort, receiver *core.Pod) []string {
	var matches []string
	named := slices.ContainsFunc(ports, func(p networking.NetworkPolicyPort) bool {
		return p.Port != nil && p.Port.Type == intstr.String
	})
	add := func(address string, receiver *core.Pod) {
		if len(ports) == 0 {
			matches = append(matches, address)
		}
		for _, port := range ports {
			if match, ok := matchPort(port, receiver); ok {
				matches = append(matches, strings.TrimSpace(address+" "+match))
			}
		}
	}
	addPods := func(pods []*core.Pod) {
		if named && receiver == nil { // a name means another number on each of them
			for _, pod := range pods {
				add(fmt.Sprintf("ip %s %s", peerField, pod.Status.PodIP), pod)
			}
			return
		}
		var addresses []string
		for _, pod := range pods {
			addresses = append(addresses, pod.Status.PodIP)
		}
		if len(addresses) > 0 {
			add(fmt.Sprintf("ip %s { %s }", peerField, strings.Join(addresses, ", ")), receiver)
		}
	}
	if len(peers) == 0 {
		if named && receiver == nil {
			addPods(s.pods)
		} else {
			add("", receiver)
		}
	}
	for _, peer := range peers {
		if block := peer.IPBlock; block != nil {
			address := fmt.Sprintf("ip %s %s", peerField, block.CIDR)
			if len(block.Except) > 0 {
				address += fmt.Sprintf(" ip %s != { %s }", peerField, strings.Join(block.Except, ", "))
			}
			add(address, receiver)
			continue
		}
		var selected []*core.Pod
		for _, pod := range s.pods {
			inNamespace := pod.Namespace == namespace
			if peer.NamespaceSelector != nil {
				inNamespace = selects(peer.NamespaceSelector, s.namespaces[pod.Namespace])
			}
			if inNamespace && (peer.PodSelector == nil || selects(peer.PodSelector, pod.Labels)) {
				selected = append(selected, pod)
			}
		}
		addPods(selected)
	}
	return matches
}

// matchPort writes the match of one port; false when the name is no port of the receiver.
func matchPort(port networking.NetworkPolicyPort, receiver *core.Pod) (string, bool) {
	protocol := core.ProtocolTCP
	if port.Protocol != nil {
		protocol = *port.Protocol
	}
	lower := strings.ToLower(string(protocol))
	switch {
	case port.Port == nil:
		return "ip protocol " + lower, true
	case port.Port.Type == intstr.String:
		if receiver == nil {
			return "", false
		}
		for _, container := range receiver.Spec.Containers {
			for _, p := range container.Ports {
				if p.Name == port.Port.StrVal && p.Protocol == protocol {
					return fmt.Sprintf("%s dport %d", lower, p.ContainerPort), true
				}
			}
		}
		return "", false
	case port.EndPort != nil:
		return fmt.Sprintf("%s dport %d-%d", lower, port.Port.IntVal, *port.EndPort), true
	default:
		return fmt.Sprintf("%s dport %d", lower, port.Port.IntVal), true
	}
}

func selects(selector *meta.LabelSelector, set labels.Set) bool {
	s, err := meta.LabelSelectorAsSelector(selector)
	return err == nil && s.Matches(set)
}
