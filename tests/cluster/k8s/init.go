package main

import (
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"net"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"

	"github.com/vishvananda/netlink"
)

// runInit is process 1 of the cluster's own network, mount and pid namespaces,
// which its caller (unshare) has just made. It furnishes them, says so with a file,
// and then only buries the dead: when it is killed, the kernel ends every process
// of the cluster and with the last of them the network and every mount.
func runInit(args []string) error {
	flags := flag.NewFlagSet("init", flag.ExitOnError)
	flags.String("id", "", "ignored; by it the cluster's script finds its init among all processes")
	address := flags.String("address", "", "the node's address, with the length of its prefix")
	ready := flags.String("ready", "", "file to make when all is in place")
	flags.Parse(args)

	if os.Getpid() != 1 {
		return errors.New("not process 1 of a pid namespace")
	}
	children := make(chan os.Signal, 64)
	signal.Notify(children, syscall.SIGCHLD)
	signal.Ignore(syscall.SIGHUP, syscall.SIGINT, syscall.SIGTERM)

	if err := furnishMounts(); err != nil {
		return fmt.Errorf("mounts: %w", err)
	}
	if err := furnishNetwork(*address); err != nil {
		return fmt.Errorf("network: %w", err)
	}
	if err := os.WriteFile(*ready, nil, 0o644); err != nil {
		return err
	}
	for range children {
		for {
			var status syscall.WaitStatus
			if pid, err := syscall.Wait4(-1, &status, syscall.WNOHANG, nil); pid <= 0 || err != nil {
				break
			}
		}
	}
	return nil
}

// kernelTunables are what a kubelet insists on. It would set them for the whole
// machine; it finds them set already instead.
var kernelTunables = map[string]string{
	"vm/overcommit_memory":      "1",
	"vm/panic_on_oom":           "0",
	"kernel/panic":              "10",
	"kernel/panic_on_oops":      "1",
	"kernel/keys/root_maxkeys":  "1000000",
	"kernel/keys/root_maxbytes": "25000000",
}

// furnishMounts lets the cluster write where it must without the host seeing it: /run
// is its own, in memory; over the folders that containerd, CNI plugins and the
// kubelet have fixed ideas about lies a layer in memory. Everything else of the
// host, the repository above all, stays visible and writable.
func furnishMounts() error {
	hosts, err := os.ReadFile("/etc/hosts")
	if err != nil {
		return err
	}
	if err := syscall.Mount("tmpfs", "/run", "tmpfs", 0, "mode=755"); err != nil {
		return fmt.Errorf("/run: %w", err)
	}
	const layers = "/run/layers"
	for _, dir := range []string{"/etc", "/var/lib", "/var/log"} {
		upper, work := filepath.Join(layers, dir, "upper"), filepath.Join(layers, dir, "work")
		for _, d := range []string{upper, work} {
			if err := os.MkdirAll(d, 0o755); err != nil {
				return err
			}
		}
		options := fmt.Sprintf("lowerdir=%s,upperdir=%s,workdir=%s", dir, upper, work)
		if err := syscall.Mount("overlay", dir, "overlay", 0, options); err != nil {
			return fmt.Errorf("overlay on %s: %w", dir, err)
		}
	}
	for name, value := range kernelTunables {
		file, target := filepath.Join("/run/tunables", name), filepath.Join("/proc/sys", name)
		if _, err := os.Stat(target); errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(file, []byte(value+"\n"), 0o644); err != nil {
			return err
		}
		if err := syscall.Mount(file, target, "", syscall.MS_BIND, ""); err != nil {
			return fmt.Errorf("%s: %w", target, err)
		}
	}
	// Container engines mount these two; the layer over /etc hides that. The host's name
	// servers cannot be reached from here: look-ups fail at once instead of after a time-out.
	for path, content := range map[string][]byte{"/etc/hosts": hosts, "/etc/resolv.conf": []byte("nameserver 127.0.0.1\n")} {
		// not just written: it may be a link into /run, which is hidden
		if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		if err := os.WriteFile(path, content, 0o644); err != nil {
			return err
		}
	}
	// Volumes that a kubelet mounts must show up in containers.
	return syscall.Mount("", "/", "", syscall.MS_SHARED|syscall.MS_REC, "")
}

// furnishNetwork gives the node an address that is not loopback, and a default route
// that leads nowhere: Service addresses need some route before kube-proxy's rules
// can turn them into Pods' addresses.
func furnishNetwork(address string) error {
	lo, err := netlink.LinkByName("lo")
	if err != nil {
		return err
	}
	if err := netlink.LinkSetUp(lo); err != nil {
		return err
	}
	veth := &netlink.Veth{LinkAttrs: netlink.LinkAttrs{Name: "node0"}, PeerName: "nowhere0"}
	if err := netlink.LinkAdd(veth); err != nil {
		return err
	}
	for _, name := range []string{"node0", "nowhere0"} {
		link, err := netlink.LinkByName(name)
		if err != nil {
			return err
		}
		if err := netlink.LinkSetUp(link); err != nil {
			return err
		}
	}
	node, err := netlink.LinkByName("node0")
	if err != nil {
		return err
	}
	addr, err := netlink.ParseAddr(address)
	if err != nil {
		return err
	}
	if err := netlink.AddrAdd(node, addr); err != nil {
		return err
	}
	_, everywhere, _ := net.ParseCIDR("0.0.0.0/0")
	if err := netlink.RouteAdd(&netlink.Route{LinkIndex: node.Attrs().Index, Dst: everywhere, Scope: netlink.SCOPE_LINK}); err != nil {
		return err
	}
	return os.WriteFile("/proc/sys/net/ipv4/ip_forward", []byte("1"), 0o644)
}
