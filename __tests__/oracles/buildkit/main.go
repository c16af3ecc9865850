// Command buildkit-oracle prints how BuildKit itself interprets Dockerfiles, as JSON lines.
//
// Each line on stdin is a request, and each line on stdout its answer. BuildKit's real frontend runs, but the outside
// world is simulated: every image exists and is empty, and nothing is executed.
package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"

	"github.com/moby/buildkit/client/llb"
	"github.com/moby/buildkit/client/llb/sourceresolver"
	"github.com/moby/buildkit/frontend/dockerfile/dockerfile2llb"
	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
	"github.com/moby/buildkit/frontend/dockerfile/shell"
	"github.com/moby/buildkit/frontend/dockerui"
	gwclient "github.com/moby/buildkit/frontend/gateway/client"
	gwpb "github.com/moby/buildkit/frontend/gateway/pb"
	"github.com/moby/buildkit/solver/pb"
	digest "github.com/opencontainers/go-digest"
	ocispecs "github.com/opencontainers/image-spec/specs-go/v1"
	fstypes "github.com/tonistiigi/fsutil/types"
)

type request struct {
	Dockerfile string            `json:"dockerfile"`
	Target     string            `json:"target,omitempty"`
	BuildArgs  map[string]string `json:"buildArgs,omitempty"`
	Contexts   map[string]string `json:"contexts,omitempty"`
	Platform   string            `json:"platform,omitempty"`
	// a word to expand, with its variables, instead of a Dockerfile
	Word      *string           `json:"word,omitempty"`
	Variables map[string]string `json:"variables,omitempty"`
	Escape    string            `json:"escape,omitempty"`
	// whether to return the steps that would be executed
	Steps bool `json:"steps,omitempty"`
}

type answer struct {
	Word      *string        `json:"word,omitempty"`
	Parsed    *parsed        `json:"parsed,omitempty"`
	Error     string         `json:"error,omitempty"`
	ErrorLine int            `json:"errorLine,omitempty"`
	Phase     string         `json:"phase,omitempty"` // parse or resolve: where Error occurred
	Reachable []int          `json:"reachable,omitempty"`
	Images    []string       `json:"images,omitempty"` // requested, or part of the build
	History   []historyEntry `json:"history,omitempty"`
	Steps     []step         `json:"steps,omitempty"` // the steps that would be executed; the last one is the image itself
}

type step struct {
	Digest string   `json:"digest"`           // digest of the step and all its inputs
	Parent string   `json:"parent,omitempty"` // the step whose result it changes
	Inputs []string `json:"inputs"`
	Op     *pb.Op   `json:"op"` // as in a provenance, without its inputs
}

type historyEntry struct {
	CreatedBy  string `json:"createdBy"`
	Comment    string `json:"comment"`
	EmptyLayer bool   `json:"emptyLayer"`
}

type parsed struct {
	Escape   string  `json:"escape"`
	MetaArgs []node  `json:"metaArgs"`
	Stages   []stage `json:"stages"`
}

type stage struct {
	Name         string `json:"name"`
	Base         string `json:"base"`
	Platform     string `json:"platform"`
	Line         int    `json:"line"`
	Instructions []node `json:"instructions"`
}

type node struct {
	Keyword  string    `json:"keyword"`
	Line     int       `json:"line"`
	EndLine  int       `json:"endLine"`
	Flags    []string  `json:"flags"`
	Args     []string  `json:"args"`
	JSON     *[]string `json:"json,omitempty"`
	Heredocs []heredoc `json:"heredocs"`
}

type heredoc struct {
	Name    string `json:"name"`
	Chomp   bool   `json:"chomp"`
	Content string `json:"content"`
}

func main() {
	in := bufio.NewReaderSize(os.Stdin, 1<<20)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for {
		line, err := in.ReadBytes('\n')
		if len(bytes.TrimSpace(line)) > 0 {
			var req request
			if err := json.Unmarshal(line, &req); err != nil {
				fmt.Fprintln(os.Stderr, err)
				os.Exit(1)
			}
			encoder := json.NewEncoder(out)
			encoder.SetEscapeHTML(false)
			_ = encoder.Encode(answerTo(req))
		}
		if err != nil {
			return
		}
	}
}

func answerTo(req request) (a answer) {
	defer func() {
		if p := recover(); p != nil {
			a.Error, a.Phase = fmt.Sprintf("panic: %v", p), "panic"
		}
	}()
	if req.Word != nil {
		return expand(req)
	}
	a = parse(req)
	if a.Error == "" {
		resolve(req, &a)
	}
	return a
}

func expand(req request) (a answer) {
	var env []string
	for k, v := range req.Variables {
		env = append(env, k+"="+v)
	}
	escape := '\\'
	if req.Escape != "" {
		escape = rune(req.Escape[0])
	}
	word, _, err := shell.NewLex(escape).ProcessWord(*req.Word, shell.EnvsFromSlice(env))
	if err != nil {
		return answer{Error: err.Error()}
	}
	return answer{Word: &word}
}

func fail(a *answer, phase string, err error) {
	a.Error, a.Phase = err.Error(), phase
	var located *parser.LocationError
	if errors.As(err, &located) && len(located.Locations) > 0 && len(located.Locations[0]) > 0 {
		a.ErrorLine = located.Locations[0][0].Start.Line
	}
}

func parse(req request) (a answer) {
	result, err := parser.Parse(strings.NewReader(req.Dockerfile))
	if err != nil {
		fail(&a, "parse", err)
		return a
	}
	stages, _, err := instructions.Parse(result.AST, nil)
	if err != nil {
		fail(&a, "parse", err)
		return a
	}
	if len(stages) == 0 {
		fail(&a, "parse", errors.New("no stages"))
		return a
	}
	p := &parsed{Escape: string(result.EscapeToken), MetaArgs: []node{}}
	for _, child := range result.AST.Children {
		n := toNode(child)
		switch {
		case n.Keyword == "FROM":
			s := stages[len(p.Stages)]
			p.Stages = append(p.Stages, stage{Name: s.Name, Base: s.BaseName, Platform: s.Platform, Line: n.Line, Instructions: []node{}})
		case len(p.Stages) == 0:
			p.MetaArgs = append(p.MetaArgs, n)
		default:
			last := &p.Stages[len(p.Stages)-1]
			last.Instructions = append(last.Instructions, n)
		}
	}
	a.Parsed = p
	return a
}

func toNode(n *parser.Node) node {
	out := node{Keyword: strings.ToUpper(strings.ToLower(n.Value)), Line: n.StartLine, EndLine: n.EndLine, Flags: []string{}, Args: []string{}, Heredocs: []heredoc{}}
	out.Flags = append(out.Flags, n.Flags...)
	for next := n.Next; next != nil; next = next.Next {
		out.Args = append(out.Args, next.Value)
	}
	for _, h := range n.Heredocs {
		out.Heredocs = append(out.Heredocs, heredoc{h.Name, h.Chomp, h.Content})
	}
	if n.Attributes["json"] {
		out.JSON = &[]string{}
		from := n.Next
		if out.Keyword == "HEALTHCHECK" {
			from = n.Next.Next
		}
		for ; from != nil; from = from.Next {
			*out.JSON = append(*out.JSON, from.Value)
		}
	}
	return out
}

// marked inserts an old-style LABEL after every FROM. The linter warns about it, with its line, if and only if BuildKit
// builds that stage.
func marked(req request, p *parsed) (string, map[int]int) {
	lines := strings.SplitAfter(req.Dockerfile, "\n")
	result, _ := parser.Parse(strings.NewReader(req.Dockerfile))
	stageOfLine := map[int]int{}
	var b strings.Builder
	at, written, index := 0, 0, 0
	for _, child := range result.AST.Children {
		if strings.ToLower(child.Value) != "from" {
			continue
		}
		for ; at < child.EndLine && at < len(lines); at++ {
			b.WriteString(lines[at])
			written++
		}
		if at >= len(lines) || at == len(lines)-1 && lines[at] == "" {
			// a continuation at the end of the file would continue with the mark
			text := b.String()
			b.Reset()
			b.WriteString(strings.TrimRight(text, " \t\r\n"+string(result.EscapeToken)) + "\n")
		}
		b.WriteString("LABEL image-audit-mark of-stage\n")
		written++
		stageOfLine[written] = index
		index++
	}
	for ; at < len(lines); at++ {
		b.WriteString(lines[at])
	}
	return b.String(), stageOfLine
}

func resolve(req request, a *answer) {
	ctx := context.Background()
	text, stageOfLine := marked(req, a.Parsed)
	opts := map[string]string{"target": req.Target}
	for k, v := range req.BuildArgs {
		opts["build-arg:"+k] = v
	}
	for k, v := range req.Contexts {
		opts["context:"+k] = v
	}
	if req.Platform != "" {
		opts["platform"] = req.Platform
	}
	world := &world{opts: opts, asked: map[string]bool{}}
	client, err := dockerui.NewClient(world)
	if err != nil {
		fail(a, "resolve", err)
		return
	}
	opt := dockerfile2llb.ConvertOpt{Config: client.Config, Client: client, MetaResolver: world}
	if len(client.TargetPlatforms) > 0 {
		opt.TargetPlatform = &client.TargetPlatforms[0]
	}
	reached := map[int]bool{}
	opt.Warn = func(rule, _, _, _ string, location []parser.Range) {
		if rule != "LegacyKeyValueFormat" || len(location) == 0 {
			return
		}
		if index, ok := stageOfLine[location[0].Start.Line]; ok {
			reached[index] = true
		}
	}
	result, err := dockerfile2llb.Dockerfile2LLB(ctx, []byte(text), opt)
	for index := range reached {
		a.Reachable = append(a.Reachable, index)
	}
	slices.Sort(a.Reachable)
	for image := range world.asked {
		a.Images = append(a.Images, image)
	}
	if err != nil {
		fail(a, "resolve", err)
	} else {
		for _, h := range result.Image.History {
			if h.CreatedBy != "LABEL image-audit-mark=of-stage" {
				a.History = append(a.History, historyEntry{h.CreatedBy, h.Comment, h.EmptyLayer})
			}
		}
		def, err := result.State.Marshal(ctx)
		if err != nil {
			fail(a, "marshal", err)
		}
		if req.Steps && err == nil {
			a.Steps = steps(def)
		}
		for _, image := range sources(def) {
			if !slices.Contains(a.Images, image) {
				a.Images = append(a.Images, image)
			}
		}
	}
	slices.Sort(a.Images)
}

func sources(def *llb.Definition) []string {
	var out []string
	if def == nil {
		return nil
	}
	for _, dt := range def.Def {
		var op pb.Op
		if err := op.UnmarshalVT(dt); err != nil {
			continue
		}
		if source := op.GetSource(); source != nil {
			if image, ok := strings.CutPrefix(source.Identifier, "docker-image://"); ok {
				out = append(out, image)
			}
		}
	}
	return out
}

func steps(def *llb.Definition) []step {
	var out []step
	// without attributes that identify the client, which provenances omit as well
	digests := map[string]string{}
	for _, dt := range def.Def {
		var op pb.Op
		if err := op.UnmarshalVT(dt); err != nil {
			panic(err)
		}
		s := step{Inputs: []string{}}
		for _, input := range op.Inputs {
			input.Digest = digests[input.Digest]
			s.Inputs = append(s.Inputs, input.Digest)
		}
		if parent := parentOf(&op); parent >= 0 && parent < int64(len(s.Inputs)) {
			s.Parent = s.Inputs[parent]
		}
		if source := op.GetSource(); source != nil {
			delete(source.Attrs, "local.session")
			delete(source.Attrs, "local.unique")
		}
		whole, err := op.MarshalVT()
		if op.GetSource() != nil {
			// the only kind with a map, which has a random order
			whole, err = json.Marshal(&op)
		}
		if err != nil {
			panic(err)
		}
		s.Digest = string(digest.FromBytes(whole))
		digests[string(digest.FromBytes(dt))] = s.Digest
		op.Inputs = nil
		s.Op = &op
		out = append(out, s)
	}
	return out
}

func parentOf(op *pb.Op) int64 {
	switch {
	case op.GetExec() != nil:
		return op.GetExec().Mounts[0].Input
	case op.GetFile() != nil:
		return op.GetFile().Actions[0].Input
	case op.GetSource() != nil:
		return -1
	}
	return 0
}

// world answers the requests of BuildKit's frontend to the daemon and the registries.
type world struct {
	mu    sync.Mutex
	opts  map[string]string
	asked map[string]bool
}

const config = `{"architecture":"amd64","os":"linux","config":{"Env":["PATH=/bin"]},"rootfs":{"type":"layers","diff_ids":["sha256:0000000000000000000000000000000000000000000000000000000000000000"]}}`

func (w *world) ResolveImageConfig(_ context.Context, ref string, _ sourceresolver.Opt) (string, digest.Digest, []byte, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.asked[ref] = true
	return ref, "", []byte(config), nil
}

func (w *world) ResolveSourceMetadata(context.Context, *pb.SourceOp, sourceresolver.Opt) (*sourceresolver.MetaResponse, error) {
	return nil, errors.New("no sources here")
}

func (w *world) Solve(context.Context, gwclient.SolveRequest) (*gwclient.Result, error) {
	result := gwclient.NewResult()
	result.SetRef(empty{})
	return result, nil
}

func (w *world) BuildOpts() gwclient.BuildOpts {
	return gwclient.BuildOpts{
		Opts:    w.opts,
		Workers: []gwclient.WorkerInfo{{Platforms: []ocispecs.Platform{{OS: "linux", Architecture: "amd64"}}}},
		LLBCaps: pb.Caps.CapSet(pb.Caps.All()),
		Caps:    gwpb.Caps.CapSet(gwpb.Caps.All()),
	}
}

func (w *world) Inputs(context.Context) (map[string]llb.State, error) { return nil, nil }

func (w *world) NewContainer(context.Context, gwclient.NewContainerRequest) (gwclient.Container, error) {
	return nil, errors.New("no containers here")
}

func (w *world) Warn(context.Context, digest.Digest, string, gwclient.WarnOpts) error { return nil }

// empty is a build context without files.
type empty struct{}

func (empty) ToState() (llb.State, error)    { return llb.Scratch(), nil }
func (empty) Evaluate(context.Context) error { return nil }
func (empty) ReadFile(context.Context, gwclient.ReadRequest) ([]byte, error) {
	return nil, os.ErrNotExist
}
func (empty) StatFile(context.Context, gwclient.StatRequest) (*fstypes.Stat, error) {
	return nil, os.ErrNotExist
}
func (empty) ReadDir(context.Context, gwclient.ReadDirRequest) ([]*fstypes.Stat, error) {
	return nil, nil
}
