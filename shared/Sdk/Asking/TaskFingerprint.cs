using System.Security.Cryptography;
using System.Text.Json;
using Integration.Contracts;

namespace Integration.Sdk;

internal static class TaskFingerprint
{
    public static byte[] Of(TaskRequested request) =>
        SHA256.HashData(
            JsonSerializer.SerializeToUtf8Bytes(
                new TaskRequested("", request.Operation, request.Version, "", request.Inputs),
                ContractJson.Default.TaskRequested
            )
        );

    public static DataErrorException InUse(TaskRequested request) =>
        new(
            ErrorCodes.TaskIdInUse,
            $"Another task of '{request.ReplyTo}' waits under the id {request.TaskId}: use an id once."
        );
}
