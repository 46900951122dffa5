package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
)

var draining atomic.Bool

type app struct {
	mux         *http.ServeMux
	host        string
	started     time.Time
	requests    atomic.Int64
	ready, live atomic.Int64
	routes      map[string]int
}

func newApp(host string) http.Handler {
	a := &app{mux: http.NewServeMux(), host: host, started: time.Now(), routes: map[string]int{}}
	a.ready.Store(int64(*ready))
	a.live.Store(int64(*live))
	for _, route := range strings.Split(*routes, ",") {
		if path, code, ok := strings.Cut(route, "="); ok {
			a.routes[path], _ = strconv.Atoi(code)
		}
	}
	a.mux.HandleFunc("GET /ready", func(w http.ResponseWriter, r *http.Request) {
		code := int(a.ready.Load())
		if draining.Load() || time.Since(a.started) < *readyAfter {
			code = http.StatusServiceUnavailable
		}
		w.WriteHeader(code)
	})
	a.mux.HandleFunc("GET /live", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(int(a.live.Load())) })
	a.mux.HandleFunc("POST /-/ready", setStatus(&a.ready))
	a.mux.HandleFunc("POST /-/live", setStatus(&a.live))
	a.mux.HandleFunc("/", a.serve)
	return a.mux
}

func setStatus(value *atomic.Int64) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		code, err := strconv.Atoi(r.URL.Query().Get("status"))
		if err != nil || code < 200 || code > 599 {
			http.Error(w, "status=N, 200 to 599", http.StatusBadRequest)
			return
		}
		value.Store(int64(code))
	}
}

func (a *app) serve(w http.ResponseWriter, r *http.Request) {
	count := a.requests.Add(1)
	if *crashLimit > 0 && count >= int64(*crashLimit) {
		crash()
	}
	wait := *delay
	if text := r.URL.Query().Get("delay"); text != "" {
		wait, _ = time.ParseDuration(text)
	}
	select {
	case <-time.After(wait):
	case <-r.Context().Done():
		log.Printf("%s %s: the client went away", r.Method, r.URL)
		return
	}
	ill := *failEvery <= 0 || count%int64(*failEvery) == 0
	if ill && breakConnection(w, *breakHow) {
		log.Printf("%s %s: %s", r.Method, r.URL, *breakHow)
		return
	}
	code, body := a.answer(r, ill)
	log.Printf("%s %s: %d", r.Method, r.URL, code)

	if strings.HasPrefix(r.Header.Get("Content-Type"), "application/grpc") {
		serveGRPC(w, code)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	if *headerSize > 0 {
		w.Header().Set("X-Filler", strings.Repeat("x", *headerSize))
	}
	if *redirect != "" {
		w.Header().Set("Location", *redirect)
		code = http.StatusFound
	}
	w.WriteHeader(code)
	if *bodyDelay > 0 {
		http.NewResponseController(w).Flush()
		time.Sleep(*bodyDelay)
	}
	w.Write(body)
}

// answer decides on status and body of a request that gets an answer.
func (a *app) answer(r *http.Request, ill bool) (int, []byte) {
	code := http.StatusOK
	if ill {
		code = *status
	}
	if route, ok := a.routes[r.URL.Path]; ok {
		code = route
	}
	if asked, err := strconv.Atoi(r.URL.Query().Get("status")); err == nil {
		code = asked
	}
	if host, _, _ := strings.Cut(r.Host, ":"); *needHost != "" && host != *needHost {
		code = http.StatusNotFound
	}
	if *upstream != "" {
		if err := tools["get"](*upstream); err != nil {
			log.Printf("upstream %s: %v", *upstream, err)
			return http.StatusBadGateway, []byte(err.Error())
		}
	}
	if *bodySize > 0 {
		return code, []byte(strings.Repeat("x", *bodySize))
	}
	body, _ := json.Marshal(map[string]any{"pod": a.host, "host": r.Host, "path": r.URL.Path, "headers": r.Header})
	return code, append(body, '\n')
}

// breakConnection answers as no web server should, and says whether it did.
func breakConnection(w http.ResponseWriter, how string) bool {
	if how == "" {
		return false
	}
	hijacker, ok := w.(http.Hijacker)
	if !ok { // HTTP/2: the nearest thing is to reset the stream
		panic(http.ErrAbortHandler)
	}
	conn, _, err := hijacker.Hijack()
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	defer conn.Close()
	switch how {
	case "reset":
		if tcp, ok := conn.(*net.TCPConn); ok {
			tcp.SetLinger(0) // closing now sends RST, not FIN
		}
	case "hang":
		io.Copy(io.Discard, conn) // until the client gives up
	case "truncate":
		io.WriteString(conn, "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 1000\r\n\r\nonly this")
	case "garbage":
		io.WriteString(conn, "this is not HTTP\r\n\r\n")
	}
	return true
}

// serveGRPC answers any call with an empty message: enough to see whether gRPC gets through.
func serveGRPC(w http.ResponseWriter, code int) {
	w.Header().Set("Content-Type", "application/grpc")
	w.Header().Set("Trailer", "Grpc-Status, Grpc-Message")
	w.WriteHeader(http.StatusOK)
	if code == http.StatusOK {
		w.Write([]byte{0, 0, 0, 0, 0})
		w.Header().Set("Grpc-Status", "0")
		return
	}
	w.Header().Set("Grpc-Status", "14")
	w.Header().Set("Grpc-Message", fmt.Sprintf("status %d", code))
}

func ownCertificate() *tls.Config {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		log.Fatal(err)
	}
	cert := &x509.Certificate{SerialNumber: big.NewInt(1), DNSNames: []string{"testapp"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(24 * time.Hour)}
	der, err := x509.CreateCertificate(rand.Reader, cert, cert, &key.PublicKey, key)
	if err != nil {
		log.Fatal(err)
	}
	return &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}}
}

// tools are for 'kubectl exec' into an image that has no shell.
var tools = map[string]func(argument string) error{
	"get": func(url string) error {
		client := http.Client{Timeout: 10 * time.Second}
		response, err := client.Get(url)
		if err != nil {
			return err
		}
		defer response.Body.Close()
		fmt.Println(response.StatusCode)
		return nil
	},
	"resolve": func(name string) error {
		addresses, err := net.LookupHost(name)
		if err == nil {
			fmt.Println(strings.Join(addresses, " "))
		}
		return err
	},
	"connect": func(address string) error {
		conn, err := net.DialTimeout("tcp", address, 5*time.Second)
		if err == nil {
			conn.Close()
		}
		return err
	},
}
