package main

import (
	"flag"
	"net"

	"golang.org/x/net/dns/dnsmessage"
)

// runNameserver is the name server outside of the cluster, to which CoreDNS forwards what
// it does not know. It knows no name either, and says so: that is what the real one
// would say of a mistyped name, where silence would look like a broken DNS.
func runNameserver(args []string) error {
	flags := flag.NewFlagSet("nameserver", flag.ExitOnError)
	listen := flags.String("listen", "", "address to serve UDP on")
	flags.Parse(args)

	conn, err := net.ListenPacket("udp", *listen)
	if err != nil {
		return err
	}
	buffer := make([]byte, 4096)
	for {
		n, client, err := conn.ReadFrom(buffer)
		if err != nil {
			return err
		}
		if answer, err := unknownName(buffer[:n]); err == nil {
			conn.WriteTo(answer, client)
		}
	}
}

func unknownName(query []byte) ([]byte, error) {
	var parser dnsmessage.Parser
	header, err := parser.Start(query)
	if err != nil {
		return nil, err
	}
	questions, err := parser.AllQuestions()
	if err != nil {
		return nil, err
	}
	answer := dnsmessage.Message{Questions: questions, Header: dnsmessage.Header{
		ID: header.ID, Response: true, RecursionDesired: header.RecursionDesired, RecursionAvailable: true,
		RCode: dnsmessage.RCodeNameError,
	}}
	return answer.Pack()
}
