using Integration.Contracts;
using Integration.Fixtures;
using Integration.Sdk;
using Integration.Testing;

namespace Integration.S3.Tests;

public sealed class Reference_page(S3Fixture s3) : ReferencePages("tests/S3", args => S3Service.Create(args))
{
    private static readonly string[] _present =
    [
        "contracts/index.txt",
        "contracts/2025/CR-9.txt",
        "contracts/2026/CR-17.txt",
        "drafts/CR-17.txt",
        "drafts/CR-18.txt",
    ];

    protected override async Task<IReadOnlyList<string>> RunAsync(
        OperationDescription operation,
        OperationExample example
    )
    {
        foreach (var key in _present)
        {
            var put = await s3.CallAsync(
                "put-object",
                """{ "text": "Agreed.", "metadata": { "case": "CR-17" } }""".With("documents", key)
            );
            put.Completed.ShouldNotBeNull(put.Error);
        }

        return await ExampleRun.RunAsync(
            s3.Service,
            operation,
            example,
            text => text.Replace("https://s3.example.org/", $"{s3.Swift.Uri}", StringComparison.Ordinal)
        );
    }
}
