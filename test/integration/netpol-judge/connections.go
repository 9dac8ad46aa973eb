package main

import (
	"encoding/json"
	"maps"

	"github.com/mattfenwick/cyclonus/pkg/matcher"
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
)

// endpoint is a pod, or an address outside of the cluster as a string.
type endpoint struct {
	Namespace   string            `json:"namespace"`
	Name        string            `json:"name"`
	Labels      map[string]string `json:"labels"`
	IP          string            `json:"ip"`
	HostNetwork bool              `json:"hostNetwork"`
	Ports       []struct {
		Name     string          `json:"name"`
		Number   int             `json:"number"`
		Protocol corev1.Protocol `json:"protocol"`
	} `json:"ports"`
}

func (e *endpoint) UnmarshalJSON(text []byte) error {
	if text[0] == '"' {
		return json.Unmarshal(text, &e.IP)
	}
	type plain endpoint
	return decode(text, (*plain)(e))
}

// connection is one that is asked for.
type connection struct {
	From     endpoint        `json:"from"`
	To       endpoint        `json:"to"`
	Port     int             `json:"port"`
	Protocol corev1.Protocol `json:"protocol"`
}

// question holds the policies and the labels of namespaces by name.
type question struct {
	Policies    []*networkingv1.NetworkPolicy `json:"policies"`
	Namespaces  map[string]map[string]string  `json:"namespaces"`
	Connections []connection                  `json:"connections"`
}

// connections answers whether each connection of a question is allowed.
func connections(line []byte) ([]bool, error) {
	var asked question
	if err := decode(line, &asked); err != nil {
		return nil, err
	}
	for _, policy := range asked.Policies {
		setPolicyTypes(&policy.Spec)
	}
	policies := matcher.BuildNetworkPolicies(false, asked.Policies)
	allowed := []bool{}
	for _, each := range asked.Connections {
		traffic := &matcher.Traffic{
			Source:           asked.peer(each.From),
			Destination:      asked.peer(each.To),
			ResolvedPort:     each.Port,
			ResolvedPortName: each.portName(),
			Protocol:         each.protocol(),
		}
		allowed = append(allowed, policies.IsTrafficAllowed(traffic).IsAllowed())
	}
	return allowed, nil
}

// setPolicyTypes does what the API server does, and cyclonus leaves to it.
func setPolicyTypes(spec *networkingv1.NetworkPolicySpec) {
	if len(spec.PolicyTypes) > 0 {
		return
	}
	spec.PolicyTypes = []networkingv1.PolicyType{networkingv1.PolicyTypeIngress}
	if len(spec.Egress) > 0 {
		spec.PolicyTypes = append(spec.PolicyTypes, networkingv1.PolicyTypeEgress)
	}
}

// peer gives what cyclonus knows of an endpoint. A pod in the network of its
// node is to others what is outside of the cluster: an address.
func (q question) peer(from endpoint) *matcher.TrafficPeer {
	if from.Namespace == "" || from.HostNetwork {
		return &matcher.TrafficPeer{IP: from.IP}
	}
	labels := map[string]string{corev1.LabelMetadataName: from.Namespace}
	maps.Copy(labels, q.Namespaces[from.Namespace])
	return &matcher.TrafficPeer{
		IP:       from.IP,
		Internal: &matcher.InternalPeer{PodLabels: from.Labels, NamespaceLabels: labels, Namespace: from.Namespace},
	}
}

// portName is the name of the port in the destination, which cyclonus wants
// to be told. Its questions may have one name for a port only.
func (c connection) portName() string {
	if c.To.HostNetwork {
		return ""
	}
	for _, port := range c.To.Ports {
		protocol := port.Protocol
		if protocol == "" {
			protocol = corev1.ProtocolTCP
		}
		if port.Number == c.Port && protocol == c.protocol() {
			return port.Name
		}
	}
	return ""
}

func (c connection) protocol() corev1.Protocol {
	if c.Protocol == "" {
		return corev1.ProtocolTCP
	}
	return c.Protocol
}
