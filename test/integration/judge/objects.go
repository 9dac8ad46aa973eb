package main

import (
	"encoding/json"
	"iter"
	"strings"

	appsv1 "k8s.io/api/apps/v1"
	appsv1beta1 "k8s.io/api/apps/v1beta1"
	appsv1beta2 "k8s.io/api/apps/v1beta2"
	batchv1 "k8s.io/api/batch/v1"
	batchv1beta1 "k8s.io/api/batch/v1beta1"
	corev1 "k8s.io/api/core/v1"
	extensionsv1beta1 "k8s.io/api/extensions/v1beta1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	utilruntime "k8s.io/apimachinery/pkg/util/runtime"
	kjson "sigs.k8s.io/json"
)

// scheme knows every built-in kind that holds pods, in current and old groups.
var scheme = newScheme()

func newScheme() *runtime.Scheme {
	s := runtime.NewScheme()
	for _, add := range []func(*runtime.Scheme) error{
		corev1.AddToScheme, appsv1.AddToScheme, appsv1beta1.AddToScheme, appsv1beta2.AddToScheme,
		batchv1.AddToScheme, batchv1beta1.AddToScheme, extensionsv1beta1.AddToScheme,
	} {
		utilruntime.Must(add(s))
	}
	return s
}

// header is what every object has; Items is set in lists alone.
type header struct {
	metav1.TypeMeta `json:",inline"`
	Metadata        struct {
		Name      string `json:"name"`
		Namespace string `json:"namespace"`
	} `json:"metadata"`
	Items []json.RawMessage `json:"items"`
}

// object is one object of a document.
type object struct {
	header
	item int // index inside a list, or -1
	raw  json.RawMessage
}

// objects yields the object of a document, or of a list its items; those of
// nested lists are numbered on. What is no Kubernetes object is left out.
func objects(doc json.RawMessage) iter.Seq[object] {
	return func(yield func(object) bool) {
		top, isObject := newObject(doc, metav1.TypeMeta{})
		if !isObject {
			return
		}
		if !top.isList() {
			yield(top)
			return
		}
		index := 0
		var walk func(list object) bool
		walk = func(list object) bool {
			for _, raw := range list.Items {
				obj, isObject := newObject(raw, list.itemType())
				if obj.isList() {
					if !walk(obj) {
						return false
					}
					continue
				}
				obj.item = index
				index++
				if isObject && !yield(obj) {
					return false
				}
			}
			return true
		}
		walk(top)
	}
}

// newObject reads the header of an object, which gets the default type when it
// names none. It reports false when this is no object with a type.
func newObject(raw json.RawMessage, defaults metav1.TypeMeta) (object, bool) {
	obj := object{item: -1, raw: raw}
	if err := kjson.UnmarshalCaseSensitivePreserveInts(raw, &obj.header); err != nil && obj.Kind == "" {
		return obj, false
	} // A wrong type of another field is found when the whole object is decoded.
	if obj.TypeMeta == (metav1.TypeMeta{}) {
		obj.TypeMeta = defaults
	}
	return obj, obj.Kind != ""
}

// isList tells lists as kubectl does, by their items alone.
func (o object) isList() bool {
	return o.Items != nil
}

// itemType is the type of the items of a typed list such as DeploymentList,
// which need not name it themselves.
func (o object) itemType() metav1.TypeMeta {
	kind := strings.TrimSuffix(o.Kind, "List")
	if kind == "" {
		return metav1.TypeMeta{}
	}
	return metav1.TypeMeta{APIVersion: o.APIVersion, Kind: kind}
}

// podTemplate decodes the object as an API server does that does not validate
// fields strictly, and returns its pod. It is nil for kinds without pods.
func (o object) podTemplate() (*corev1.PodTemplateSpec, error) {
	typed, err := scheme.New(o.GroupVersionKind())
	if err != nil || !holdsPods(o.Kind) {
		return nil, nil
	}
	if err := kjson.UnmarshalCaseSensitivePreserveInts(o.raw, typed); err != nil {
		return nil, err
	}
	return templateOf(typed), nil
}

func holdsPods(kind string) bool {
	switch kind {
	case "Pod", "PodTemplate", "Deployment", "ReplicaSet", "ReplicationController",
		"StatefulSet", "DaemonSet", "Job", "CronJob":
		return true
	}
	return false
}

// templateOf returns the pod template of a workload. Of a pod it is the pod.
func templateOf(typed runtime.Object) *corev1.PodTemplateSpec {
	switch o := typed.(type) {
	case *corev1.Pod:
		return &corev1.PodTemplateSpec{ObjectMeta: o.ObjectMeta, Spec: o.Spec}
	case *corev1.PodTemplate:
		return &o.Template
	case *corev1.ReplicationController:
		return o.Spec.Template
	case *appsv1.Deployment:
		return &o.Spec.Template
	case *appsv1beta1.Deployment:
		return &o.Spec.Template
	case *appsv1beta2.Deployment:
		return &o.Spec.Template
	case *extensionsv1beta1.Deployment:
		return &o.Spec.Template
	case *appsv1.ReplicaSet:
		return &o.Spec.Template
	case *appsv1beta2.ReplicaSet:
		return &o.Spec.Template
	case *extensionsv1beta1.ReplicaSet:
		return &o.Spec.Template
	case *appsv1.StatefulSet:
		return &o.Spec.Template
	case *appsv1beta1.StatefulSet:
		return &o.Spec.Template
	case *appsv1beta2.StatefulSet:
		return &o.Spec.Template
	case *appsv1.DaemonSet:
		return &o.Spec.Template
	case *appsv1beta2.DaemonSet:
		return &o.Spec.Template
	case *extensionsv1beta1.DaemonSet:
		return &o.Spec.Template
	case *batchv1.Job:
		return &o.Spec.Template
	case *batchv1.CronJob:
		return &o.Spec.JobTemplate.Spec.Template
	case *batchv1beta1.CronJob:
		return &o.Spec.JobTemplate.Spec.Template
	}
	return nil
}
