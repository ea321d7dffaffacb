import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.temporal.internal.testservice.GRPCServerHelper;
import io.temporal.internal.testservice.TestServicesStarter;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Temporal's test server as its own main class starts it, but for three things. It listens on 127.0.0.1
 * alone, where that one listens on every interface, to anybody. It takes any free port and prints it, so
 * that no other program can take a port that was chosen for it. And it ends when its standard input does,
 * which is when the process that started it ends, in whatever way.
 *
 * Time is locked at the start, and passes as on the wall until a client unlocks it.
 */
class LoopbackTestServer {
  public static void main(String[] args) throws Exception {
    TestServicesStarter services = new TestServicesStarter(true, 0);
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    NettyServerBuilder builder = NettyServerBuilder.forAddress(new InetSocketAddress(loopback, 0));
    GRPCServerHelper.registerServicesAndHealthChecks(services.getServices(), builder);
    Server server = builder.build().start();
    System.out.println("listening on port " + server.getPort());
    while (System.in.read() != -1) {}
    System.exit(0);
  }
}
