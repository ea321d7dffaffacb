// Trains a person with Darkroom and waits for the end: train [-decide DECISION] ID REQUEST.json
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"os"
	"time"

	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/contrib/envconfig"
	"go.temporal.io/sdk/log"
	"go.temporal.io/sdk/temporal"
)

const lookEvery = 2 * time.Second

func main() {
	decide := flag.String("decide", "", `answer to needs-decision, such as '{"decision":"abandon"}'`)
	flag.Parse()
	if flag.NArg() != 2 {
		flag.Usage()
		os.Exit(2)
	}
	ctx, id := context.Background(), flag.Arg(0)
	request, err := os.ReadFile(flag.Arg(1))
	check(err)
	// TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE, TEMPORAL_API_KEY, TEMPORAL_TLS_* and the profile file.
	options, err := envconfig.LoadDefaultClientOptions()
	check(err)
	options.Logger = log.NewStructuredLogger(slog.New(slog.DiscardHandler))
	c, err := client.Dial(options)
	check(err)

	// The id is the idempotency key. USE_EXISTING joins a training that runs; REJECT_DUPLICATE never runs one again that
	// has ended, which might be charged again. ExecuteWorkflow then gives the one that there is, without an error.
	run, err := c.ExecuteWorkflow(ctx, client.StartWorkflowOptions{
		ID:                       id,
		TaskQueue:                "darkroom",
		WorkflowIDConflictPolicy: enumspb.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING,
		WorkflowIDReusePolicy:    enumspb.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE,
	}, "trainPerson", json.RawMessage(request))
	check(err)

	var result json.RawMessage
	ended := make(chan error, 1)
	go func() { ended <- run.Get(ctx, &result) }()
	for line := ""; ; {
		select {
		case err := <-ended:
			// A failed training has its result in the details of the failure, if it was not canceled or terminated.
			var failure *temporal.ApplicationError
			if errors.As(err, &failure) && failure.HasDetails() {
				check(failure.Details(&result))
			}
			if result != nil {
				fmt.Println(string(result))
			}
			check(err)
			return
		case <-time.After(lookEvery):
		}
		state, now := look(ctx, c, id, line)
		line = now
		if state != "needs-decision" {
			continue
		}
		if *decide == "" {
			fmt.Fprintln(os.Stderr, "a person must decide: run it again with -decide")
			os.Exit(4)
		}
		update, err := c.UpdateWorkflow(ctx, client.UpdateWorkflowOptions{
			WorkflowID:   id,
			UpdateName:   "decide",
			Args:         []any{json.RawMessage(*decide)},
			WaitForStage: client.WorkflowUpdateStageCompleted,
		})
		check(err)
		check(update.Get(ctx, nil)) // a decision may be refused, for example with NotAdoptable
		*decide = ""                // good for one submission: another one whose outcome is unknown is another question
	}
}

// look prints the status line if it is a new one.
func look(ctx context.Context, c client.Client, id, before string) (state, line string) {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	var status struct{ State, Line string }
	// No run id: a long training goes on in another run of the same id.
	value, err := c.QueryWorkflow(ctx, id, "", "status")
	if err != nil {
		return "", before // no worker answers just now; the training is safe
	}
	check(value.Get(&status))
	if status.Line != before {
		fmt.Fprintf(os.Stderr, "%s: %s\n", status.State, status.Line)
	}
	return status.State, status.Line
}

// check ends the program on an error. The code of a failed training is the type of its failure.
func check(err error) {
	var failure *temporal.ApplicationError
	if errors.As(err, &failure) {
		err = fmt.Errorf("%s: %s", failure.Type(), failure.Message())
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
