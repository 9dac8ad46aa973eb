package main

import (
	"encoding/json"
	"io"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/pod-security-admission/api"
	"k8s.io/pod-security-admission/policy"
)

// verdict is the output line of "judge psa" for one workload.
type verdict struct {
	File       string      `json:"file"`
	Doc        int         `json:"doc"`
	Item       int         `json:"item"`
	Kind       string      `json:"kind"`
	Namespace  string      `json:"namespace"`
	Name       string      `json:"name"`
	Level      api.Level   `json:"level"`
	Violations []violation `json:"violations"` // of the restricted level
	Baseline   []violation `json:"baseline"`   // of the baseline level
}

// violation is a check that the pod fails.
type violation struct {
	ID     policy.CheckID `json:"id"`
	Reason string         `json:"reason"`
	Detail string         `json:"detail"`
}

// undecodable is the output line of "judge psa" for what an API server refuses
// to read. Item is set for an item of a list.
type undecodable struct {
	File string `json:"file"`
	Doc  int    `json:"doc"`
	Item *int   `json:"item,omitempty"`
	Err  string `json:"error"`
}

// psa prints a verdict on every workload in the named files and directories.
func psa(names []string, stdin io.Reader, out *json.Encoder) error {
	files, err := manifestFiles(names)
	if err != nil {
		return err
	}
	judge, err := newJudge()
	if err != nil {
		return err
	}
	for _, file := range files {
		text, err := readInput(file, stdin)
		if err != nil {
			return err
		}
		for _, line := range judge.file(file, text) {
			if err := out.Encode(line); err != nil {
				return err
			}
		}
	}
	return nil
}

// judge evaluates pods against the Pod Security Standards.
type judge struct {
	evaluator policy.Evaluator
	// failed collects the violations of the pod under evaluation, because the
	// results of the evaluator do not say which check they come from.
	failed []violation
}

func newJudge() (*judge, error) {
	j := &judge{}
	checks := policy.DefaultChecks()
	for _, check := range checks {
		for i, version := range check.Versions {
			check.Versions[i].CheckPod = func(meta *metav1.ObjectMeta, spec *corev1.PodSpec) policy.CheckResult {
				result := version.CheckPod(meta, spec)
				if !result.Allowed {
					j.failed = append(j.failed, violation{check.ID, result.ForbiddenReason, result.ForbiddenDetail})
				}
				return result
			}
		}
	}
	var err error
	j.evaluator, err = policy.NewEvaluator(checks, nil)
	return j, err
}

// file returns the output lines for one manifest.
func (j *judge) file(name string, text []byte) []any {
	var lines []any
	index := -1
	for doc, err := range documents(text) {
		index++
		if err != nil {
			lines = append(lines, undecodable{File: name, Doc: index, Err: err.Error()})
			continue
		}
		for obj := range objects(doc) {
			pod, err := obj.podTemplate()
			if err != nil {
				line := undecodable{File: name, Doc: index, Err: err.Error()}
				if obj.item >= 0 {
					line.Item = &obj.item
				}
				lines = append(lines, line)
			} else if pod != nil {
				line := verdict{
					File: name, Doc: index, Item: obj.item,
					Kind: obj.Kind, Namespace: obj.Metadata.Namespace, Name: obj.Metadata.Name,
				}
				line.Level, line.Violations, line.Baseline = j.pod(pod)
				lines = append(lines, line)
			}
		}
	}
	return lines
}

// standard is the version of the standards to check: the newest version of
// Kubernetes that kharden knows.
var standard = api.MajorMinorVersion(1, 36)

// pod returns the strictest level that admits the pod, and what keeps it from
// the restricted and from the baseline level. A volume without a source is an
// emptyDir by then, as in the API server (SetDefaults_Volume).
func (j *judge) pod(pod *corev1.PodTemplateSpec) (level api.Level, restricted, baseline []violation) {
	for i, volume := range pod.Spec.Volumes {
		if volume.VolumeSource == (corev1.VolumeSource{}) {
			pod.Spec.Volumes[i].EmptyDir = &corev1.EmptyDirVolumeSource{}
		}
	}
	restricted = j.violations(api.LevelRestricted, pod)
	baseline = j.violations(api.LevelBaseline, pod)
	switch {
	case len(restricted) == 0:
		level = api.LevelRestricted
	case len(baseline) == 0:
		level = api.LevelBaseline
	default:
		level = api.LevelPrivileged
	}
	return level, restricted, baseline
}

func (j *judge) violations(level api.Level, pod *corev1.PodTemplateSpec) []violation {
	j.failed = []violation{}
	j.evaluator.EvaluatePod(api.LevelVersion{Level: level, Version: standard}, &pod.ObjectMeta, &pod.Spec)
	return j.failed
}
