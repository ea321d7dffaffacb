import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowServiceException;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.envconfig.ClientConfigProfile;
import io.temporal.failure.ApplicationFailure;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.io.File;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Trains a person with Darkroom and waits for the end: {@code train [--decide DECISION] ID REQUEST.json} */
public final class Train {
  private static final int LOOK_EVERY_S = 2;
  private static final ObjectMapper JSON = new ObjectMapper();

  public static void main(String[] args) throws IOException {
    boolean decides = args.length == 4 && args[0].equals("--decide");
    if (!decides && args.length != 2) {
      System.err.println("usage: train [--decide DECISION] ID REQUEST.json");
      System.exit(2);
    }
    JsonNode decision = decides ? JSON.readTree(args[1]) : null;
    JsonNode request = JSON.readTree(new File(args[args.length - 1]));
    System.exit(train(args[args.length - 2], request, decision));
  }

  private static int train(String id, JsonNode request, JsonNode decision) throws IOException {
    // TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE, TEMPORAL_API_KEY, TEMPORAL_TLS_* and the profile file.
    ClientConfigProfile profile = ClientConfigProfile.load();
    WorkflowServiceStubs service =
        WorkflowServiceStubs.newServiceStubs(profile.toWorkflowServiceStubsOptions());
    try {
      WorkflowClient client = WorkflowClient.newInstance(service, profile.toWorkflowClientOptions());
      start(client, id, request);
      // A stub of its own, without a run id: a long training goes on in another run of the same id.
      System.out.println(follow(client.newUntypedWorkflowStub(id), decision));
      return 0;
    } catch (NeedsDecision e) {
      System.err.println("a person must decide: run it again with --decide");
      return 4;
    } catch (WorkflowFailedException | WorkflowUpdateException e) {
      return failed(e.getCause());
    } finally {
      service.shutdownNow();
    }
  }

  private static void start(WorkflowClient client, String id, JsonNode request) {
    // The id is the idempotency key. USE_EXISTING joins a training that runs; REJECT_DUPLICATE never runs one again
    // that has ended, which might be charged again.
    WorkflowOptions options =
        WorkflowOptions.newBuilder()
            .setWorkflowId(id)
            .setTaskQueue("darkroom")
            .setWorkflowIdConflictPolicy(WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING)
            .setWorkflowIdReusePolicy(WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE)
            .build();
    try {
      client.newUntypedWorkflowStub("trainPerson", options).start(request);
    } catch (WorkflowExecutionAlreadyStarted e) {
      // It has ended, and its result is still there.
    }
  }

  /** Shows the status line until the end, and answers needs-decision. */
  private static JsonNode follow(WorkflowStub training, JsonNode decision) throws NeedsDecision {
    String line = "";
    while (true) {
      try {
        return training.getResult(LOOK_EVERY_S, TimeUnit.SECONDS, JsonNode.class);
      } catch (TimeoutException e) {
        // It goes on.
      }
      JsonNode status;
      try {
        status = training.query("status", JsonNode.class);
      } catch (WorkflowServiceException e) {
        continue; // no worker answers just now; the training is safe
      }
      String state = status.get("state").asText();
      if (!status.get("line").asText().equals(line)) {
        line = status.get("line").asText();
        System.err.println(state + ": " + line);
      }
      if (!state.equals("needs-decision")) continue;
      if (decision == null) throw new NeedsDecision();
      training.update("decide", Void.class, decision);
      decision = null; // good for one submission: another one whose outcome is unknown is another question
    }
  }

  /** The code is the type of the failure, and the result of the training is in its details. */
  private static int failed(Throwable cause) {
    if (!(cause instanceof ApplicationFailure failure)) {
      System.err.println(cause.getMessage()); // canceled or terminated: there are no details
      return 1;
    }
    if (failure.getDetails().getSize() > 0) System.out.println(failure.getDetails().get(JsonNode.class));
    System.err.println(failure.getType() + ": " + failure.getOriginalMessage());
    return 1;
  }

  private static final class NeedsDecision extends Exception {}
}
