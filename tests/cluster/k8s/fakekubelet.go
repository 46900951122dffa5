package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	coordination "k8s.io/api/coordination/v1"
	core "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/resource"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/cache"
	"k8s.io/client-go/tools/clientcmd"
)

// Where a Pod says what its containers' logs are; the container's name follows.
const (
	logsAnnotation         = "logs.gateway-doctor.test/"
	previousLogsAnnotation = "previous-logs.gateway-doctor.test/"
)

const fakeKubeletPort = 10250

// runFakeKubelet stands in for the kubelets of a cluster without machines, in which the
// tests write each Pod's status themselves. It does the three things that the rest of
// the cluster cannot do without a kubelet: it keeps every Node alive with a heartbeat, so
// that the status a test gave it stays; it lets Pods that are deleted go; and it
// answers for logs, with the text in the Pod's annotations.
func runFakeKubelet(args []string) error {
	flags := flag.NewFlagSet("fake-kubelet", flag.ExitOnError)
	kubeconfig := flags.String("kubeconfig", "", "how to reach the cluster, with all rights")
	pki := flags.String("pki", "", "folder with apiserver.crt and .key, to serve with")
	name := flags.String("node", "", "the Node to register")
	address := flags.String("address", "", "that Node's address")
	flags.Parse(args)

	config, err := clientcmd.BuildConfigFromFlags("", *kubeconfig)
	if err != nil {
		return err
	}
	config.QPS, config.Burst = 200, 400
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return err
	}
	ctx := context.Background()
	if err := registerNode(ctx, client, *name, *address); err != nil {
		return err
	}

	factory := informers.NewSharedInformerFactory(client, 0)
	nodes := factory.Core().V1().Nodes()
	pods := factory.Core().V1().Pods()
	if _, err := nodes.Informer().AddEventHandler(cache.ResourceEventHandlerFuncs{
		AddFunc: func(o any) { logError(heartbeat(ctx, client, o.(*core.Node))) },
		DeleteFunc: func(o any) {
			if node, ok := o.(*core.Node); ok && node.Name == *name {
				os.Exit(0) // a real kubelet takes over
			}
		},
	}); err != nil {
		return err
	}
	release := func(o any) { logError(releasePod(ctx, client, o.(*core.Pod))) }
	if _, err := pods.Informer().AddEventHandler(cache.ResourceEventHandlerFuncs{
		AddFunc:    release,
		UpdateFunc: func(_, o any) { release(o) },
	}); err != nil {
		return err
	}
	factory.Start(ctx.Done())
	factory.WaitForCacheSync(ctx.Done())

	go func() {
		for range time.Tick(10 * time.Second) {
			for _, o := range nodes.Informer().GetStore().List() {
				logError(heartbeat(ctx, client, o.(*core.Node)))
			}
		}
	}()

	mux := http.NewServeMux()
	mux.HandleFunc("GET /containerLogs/{namespace}/{pod}/{container}", func(w http.ResponseWriter, r *http.Request) {
		pod, err := client.CoreV1().Pods(r.PathValue("namespace")).Get(r.Context(), r.PathValue("pod"), meta.GetOptions{})
		if err != nil {
			http.Error(w, err.Error(), http.StatusNotFound)
			return
		}
		serveLogs(w, r, pod, r.PathValue("container"))
	})
	return http.ListenAndServeTLS(fmt.Sprintf(":%d", fakeKubeletPort),
		filepath.Join(*pki, "apiserver.crt"), filepath.Join(*pki, "apiserver.key"), mux)
}

func registerNode(ctx context.Context, client kubernetes.Interface, name, address string) error {
	room := core.ResourceList{
		core.ResourceCPU:    resource.MustParse("1000"),
		core.ResourceMemory: resource.MustParse("4Ti"),
		core.ResourcePods:   resource.MustParse("5000"),
	}
	now := meta.Now()
	node := &core.Node{ObjectMeta: meta.ObjectMeta{Name: name, Labels: map[string]string{
		core.LabelHostname:   name,
		core.LabelOSStable:   "linux",
		core.LabelArchStable: "amd64",
	}}}
	node, err := client.CoreV1().Nodes().Create(ctx, node, meta.CreateOptions{})
	if err != nil {
		return err
	}
	node.Status = core.NodeStatus{
		Capacity:        room,
		Allocatable:     room,
		Addresses:       []core.NodeAddress{{Type: core.NodeInternalIP, Address: address}, {Type: core.NodeHostName, Address: name}},
		DaemonEndpoints: core.NodeDaemonEndpoints{KubeletEndpoint: core.DaemonEndpoint{Port: fakeKubeletPort}},
		Conditions: []core.NodeCondition{{
			Type: core.NodeReady, Status: core.ConditionTrue, Reason: "KubeletReady",
			Message: "the fake kubelet is ready", LastHeartbeatTime: now, LastTransitionTime: now,
		}},
	}
	_, err = client.CoreV1().Nodes().UpdateStatus(ctx, node, meta.UpdateOptions{})
	return err
}

// heartbeat renews the Node's lease, which is what the node controller watches.
func heartbeat(ctx context.Context, client kubernetes.Interface, node *core.Node) error {
	now := meta.NowMicro()
	seconds := int32(40)
	lease := &coordination.Lease{
		ObjectMeta: meta.ObjectMeta{Name: node.Name, Namespace: core.NamespaceNodeLease, OwnerReferences: []meta.OwnerReference{
			{APIVersion: "v1", Kind: "Node", Name: node.Name, UID: node.UID},
		}},
		Spec: coordination.LeaseSpec{HolderIdentity: &node.Name, LeaseDurationSeconds: &seconds, RenewTime: &now},
	}
	leases := client.CoordinationV1().Leases(core.NamespaceNodeLease)
	old, err := leases.Get(ctx, node.Name, meta.GetOptions{})
	if apierrors.IsNotFound(err) {
		_, err = leases.Create(ctx, lease, meta.CreateOptions{})
		return err
	}
	if err != nil {
		return err
	}
	lease.ResourceVersion = old.ResourceVersion
	_, err = leases.Update(ctx, lease, meta.UpdateOptions{})
	return err
}

// releasePod confirms the end of a Pod that is to be deleted, as a kubelet does once the
// containers have stopped; finalizers still hold it.
func releasePod(ctx context.Context, client kubernetes.Interface, pod *core.Pod) error {
	if pod.DeletionTimestamp == nil || (pod.DeletionGracePeriodSeconds != nil && *pod.DeletionGracePeriodSeconds == 0) {
		return nil
	}
	now := int64(0)
	err := client.CoreV1().Pods(pod.Namespace).Delete(ctx, pod.Name, meta.DeleteOptions{
		GracePeriodSeconds: &now, Preconditions: &meta.Preconditions{UID: &pod.UID},
	})
	if apierrors.IsNotFound(err) || apierrors.IsConflict(err) {
		return nil
	}
	return err
}

func serveLogs(w http.ResponseWriter, r *http.Request, pod *core.Pod, container string) {
	query := r.URL.Query()
	text, known := pod.Annotations[logsAnnotation+container]
	if query.Get("previous") == "true" {
		if text, known = pod.Annotations[previousLogsAnnotation+container]; !known {
			// a kubelet's own words and status
			http.Error(w, fmt.Sprintf("previous terminated container %q in pod %q not found", container, pod.Name), http.StatusBadRequest)
			return
		}
	}
	if lines, err := strconv.Atoi(query.Get("tailLines")); err == nil && lines >= 0 {
		text = tail(text, lines)
	}
	if limit, err := strconv.Atoi(query.Get("limitBytes")); err == nil && limit >= 0 && limit < len(text) {
		text = text[:limit]
	}
	w.Header().Set("Content-Type", "text/plain")
	fmt.Fprint(w, text)
}

func tail(text string, lines int) string {
	all := strings.SplitAfter(text, "\n")
	if all[len(all)-1] == "" {
		all = all[:len(all)-1]
	}
	return strings.Join(all[max(0, len(all)-lines):], "")
}

func logError(err error) {
	if err != nil && !errors.Is(err, context.Canceled) {
		log.Print(err)
	}
}
