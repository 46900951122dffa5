package main

import (
	"context"
	"flag"
	"fmt"
	"net/netip"

	core "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/cache"
	"k8s.io/client-go/tools/clientcmd"
)

// runLoadBalancer stands in for a cloud: it gives every Service of type LoadBalancer an
// address, to which kube-proxy then answers on the node. A Service with a
// loadBalancerClass is left pending, as by a cloud that does not know the class.
func runLoadBalancer(args []string) error {
	flags := flag.NewFlagSet("load-balancer", flag.ExitOnError)
	kubeconfig := flags.String("kubeconfig", "", "how to reach the cluster")
	first := flags.String("first-address", "", "the addresses to give start here")
	flags.Parse(args)

	start, err := netip.ParseAddr(*first)
	if err != nil {
		return err
	}
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
	services := factory.Core().V1().Services().Informer()

	given := map[string]netip.Addr{} // by the Service's UID; only the handlers' one goroutine uses it
	give := func(o any) {
		service := o.(*core.Service)
		if service.Spec.Type != core.ServiceTypeLoadBalancer || service.Spec.LoadBalancerClass != nil ||
			len(service.Status.LoadBalancer.Ingress) > 0 || service.DeletionTimestamp != nil {
			return
		}
		address, known := given[string(service.UID)]
		if !known {
			address = firstFree(start, given)
			given[string(service.UID)] = address
		}
		service = service.DeepCopy()
		service.Status.LoadBalancer.Ingress = []core.LoadBalancerIngress{{IP: address.String()}}
		_, err := client.CoreV1().Services(service.Namespace).UpdateStatus(ctx, service, meta.UpdateOptions{})
		if apierrors.IsNotFound(err) || apierrors.IsConflict(err) {
			return // gone, or another event with the newer Service follows
		}
		logError(err)
	}
	if _, err := services.AddEventHandler(cache.ResourceEventHandlerFuncs{
		AddFunc:    give,
		UpdateFunc: func(_, o any) { give(o) },
		DeleteFunc: func(o any) {
			if service, ok := o.(*core.Service); ok {
				delete(given, string(service.UID))
			}
		},
	}); err != nil {
		return err
	}
	factory.Start(ctx.Done())
	if !cache.WaitForCacheSync(ctx.Done(), services.HasSynced) {
		return fmt.Errorf("cannot list Services")
	}
	select {}
}

func firstFree(address netip.Addr, given map[string]netip.Addr) netip.Addr {
	for {
		taken := false
		for _, other := range given {
			taken = taken || other == address
		}
		if !taken {
			return address
		}
		address = address.Next()
	}
}
