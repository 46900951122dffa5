// testapp is every backend that the tests need, in one static binary: a web server
// that is well, or ill in the way that its switches say. Each switch can also be set in
// the environment: -start-delay by TESTAPP_START_DELAY.
//
// Inside a Pod it is also a small tool box: testapp get URL, testapp resolve NAME,
// testapp connect HOST:PORT.
package main

import (
	"flag"
	"fmt"
	"log"
	"net"
	"net/http"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"
)

var (
	listen    = flag.String("listen", ":8080", "addresses to listen on, separated by commas; empty for none")
	useTLS    = flag.Bool("tls", false, "serve HTTPS, with a certificate of its own making")
	idle      = flag.Duration("idle-timeout", 0, "close kept-alive connections after this long")
	keepAlive = flag.Bool("keep-alive", true, "allow kept-alive connections")

	startDelay = flag.Duration("start-delay", 0, "listen only after this long")
	readyAfter = flag.Duration("ready-after", 0, "fail /ready until this long after the start")
	ready      = flag.Int("ready", 200, "status of /ready; POST /-/ready?status=N changes it")
	live       = flag.Int("live", 200, "status of /live; POST /-/live?status=N changes it")

	status     = flag.Int("status", 200, "status of every other path; ?status=N overrides it")
	routes     = flag.String("routes", "", "statuses of single paths, as in /a=404,/b=500")
	delay      = flag.Duration("delay", 0, "wait before answering; ?delay=2s overrides it")
	bodyDelay  = flag.Duration("body-delay", 0, "wait between the headers and the body")
	headerSize = flag.Int("header-size", 0, "size of one more response header")
	bodySize   = flag.Int("body-size", 0, "size of the body, instead of a description of the request")
	redirect   = flag.String("redirect", "", "redirect to this location")
	needHost   = flag.String("need-host", "", "answer 404 to requests for any other host")
	upstream   = flag.String("upstream", "", "fetch this URL for every request; answer 502 when that fails")
	failEvery  = flag.Int("fail-every", 0, "apply -status and -break only to each Nth request")
	breakHow   = flag.String("break", "", "reset, close or hang instead of answering; truncate or garbage as an answer")

	crashAfter = flag.Duration("crash-after", -1, "exit this long after the start")
	crashLimit = flag.Int("crash-after-requests", 0, "exit at this request")
	exitCode   = flag.Int("exit-code", 1, "with this code")
	lastWords  = flag.String("last-words", "panic: config: DATABASE_URL is not set", "after writing this to stderr")
	require    = flag.String("require", "", "exit unless this HOST:PORT can be connected to at the start")
	onTerm     = flag.String("on-term", "exit", "exit at SIGTERM, or ignore it, or drain: fail /ready and go on for -drain-time")
	drainTime  = flag.Duration("drain-time", 5*time.Second, "see -on-term")
	logLines   = flag.String("log", "", "lines to log at the start, separated by |")
	hogMemory  = flag.Int("hog-memory", 0, "allocate this many MiB and keep them; -1 for ever more")
	burnCPU    = flag.Int("burn-cpu", 0, "keep this many threads busy")
)

func main() {
	if len(os.Args) == 3 && tools[os.Args[1]] != nil {
		if err := tools[os.Args[1]](os.Args[2]); err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		return
	}
	flag.VisitAll(func(f *flag.Flag) {
		name := "TESTAPP_" + strings.ToUpper(strings.ReplaceAll(f.Name, "-", "_"))
		if value, ok := os.LookupEnv(name); ok {
			if err := f.Value.Set(value); err != nil {
				log.Fatalf("%s: %v", name, err)
			}
		}
	})
	flag.Parse()
	log.SetFlags(0)
	log.SetOutput(os.Stdout)
	host, _ := os.Hostname()
	log.Printf("testapp on %s starting, listening on %q", host, *listen)
	for _, line := range strings.Split(*logLines, "|") {
		if line != "" {
			log.Print(line)
		}
	}

	go handleSignals()
	if *crashAfter >= 0 {
		time.AfterFunc(*crashAfter, crash)
	}
	for range *burnCPU {
		go func() {
			for {
			}
		}()
	}
	if *hogMemory != 0 {
		go hog(*hogMemory)
	}
	if *require != "" {
		if err := tools["connect"](*require); err != nil {
			*lastWords = fmt.Sprintf("cannot connect to %s: %v", *require, err)
			crash()
		}
	}
	time.Sleep(*startDelay)
	serve(newApp(host))
}

func serve(app http.Handler) {
	for _, address := range strings.Split(*listen, ",") {
		if address == "" {
			continue
		}
		protocols := new(http.Protocols)
		protocols.SetHTTP1(true)
		protocols.SetHTTP2(true)
		protocols.SetUnencryptedHTTP2(true) // as gRPC servers behind an Ingress mostly do
		server := &http.Server{Addr: address, Handler: app, IdleTimeout: *idle, Protocols: protocols}
		server.SetKeepAlivesEnabled(*keepAlive)
		listener, err := net.Listen("tcp", address)
		if err != nil {
			log.Fatal(err)
		}
		go func() {
			if *useTLS {
				server.TLSConfig = ownCertificate()
				log.Fatal(server.ServeTLS(listener, "", ""))
			}
			log.Fatal(server.Serve(listener))
		}()
	}
	select {}
}

func handleSignals() {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGTERM, syscall.SIGINT)
	for range signals {
		switch *onTerm {
		case "ignore":
			log.Print("ignoring SIGTERM")
		case "drain":
			log.Print("draining")
			draining.Store(true)
			time.AfterFunc(*drainTime, func() { os.Exit(0) })
		default:
			os.Exit(0)
		}
	}
}

func crash() {
	fmt.Fprintln(os.Stderr, *lastWords)
	os.Exit(*exitCode)
}

func hog(mebibytes int) {
	var kept [][]byte
	for i := 0; mebibytes < 0 || i < mebibytes; i++ {
		block := make([]byte, 1<<20)
		for j := range block {
			block[j] = 1 // untouched pages cost nothing
		}
		kept = append(kept, block)
		time.Sleep(5 * time.Millisecond)
	}
	for range time.Tick(time.Hour) {
		log.Printf("holding %d MiB", len(kept))
	}
}
