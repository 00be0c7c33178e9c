using RabbitMQ.Client.Exceptions;

namespace Integration.Bus.RabbitMq;

/// <summary>What the broker says when it closes a channel.</summary>
internal static class Refusal
{
    public static bool Is(this OperationInterruptedException? refusal, ushort code) =>
        refusal?.ShutdownReason?.ReplyCode == code;

    /// <summary>The broker's words.</summary>
    public static string Answer(this OperationInterruptedException refusal) =>
        refusal.ShutdownReason?.ReplyText ?? refusal.Message;
}
