using System.Security.Cryptography;
using System.Text;

namespace Integration.Sdk;

/// <summary>
/// Ids of inner tasks: the same for the same step of the same outer task, so that asking again, by whatever process and after
/// whatever crash, is asking for the same task.
/// </summary>
internal static class InnerTaskId
{
    private const int Version8 = 0x80;
    private const int Rfc9562 = 0x80;

    /// <summary>A UUID of version 8.</summary>
    public static string Of(string replyTo, string taskId, string step)
    {
        // A step and an engine's name hold no line break, and neither does a task id.
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{replyTo}\n{taskId}\n{step}"));
        hash[6] = (byte)((hash[6] & 0x0f) | Version8);
        hash[8] = (byte)((hash[8] & 0x3f) | Rfc9562);
        return new Guid(hash.AsSpan(0, 16), bigEndian: true).ToString();
    }
}
