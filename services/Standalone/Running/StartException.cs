namespace Integration.Standalone.Running;

/// <summary>The system cannot run; the message names the way out.</summary>
internal sealed class StartException(string message, Exception inner) : Exception(message, inner)
{
    public static StartException PortInUse(string service, int port, Exception inner) =>
        new(
            $"Port {port}, where {service} wants to listen, is in use. Is another standalone running? "
                + "Choose other ports with --port 6100, or free ones with --port 0.",
            inner
        );
}
