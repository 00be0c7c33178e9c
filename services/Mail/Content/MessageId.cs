using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Integration.Mail.Content;

/// <summary>
/// The id of a task's mail: the same for every attempt, so that an operator can look for it in the logs of mail servers,
/// and receivers can drop a second copy.
/// </summary>
internal static partial class MessageId
{
    /// <summary>E.g. <c>&lt;0198f3c2-6d0e-7c55-9d3c-2f1f4be3a001@example.org&gt;</c>.</summary>
    /// <param name="taskId">Any text; one that cannot stand in a header is replaced by its hash.</param>
    /// <param name="domain">Of the sender.</param>
    public static string Of(string taskId, string domain) => $"<{(IsPlain(taskId) ? taskId : Hash(taskId))}@{domain}>";

    /// <summary>For boundaries: short, and the same for every attempt.</summary>
    public static string Hash(string taskId) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(taskId)).AsSpan(0, 16));

    [GeneratedRegex(@"^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PlainId();

    private static bool IsPlain(string taskId) => taskId.Length <= 128 && PlainId().IsMatch(taskId);
}
