using System.Net.Sockets;
using System.Security.Authentication;
using Integration.Contracts;
using Integration.Errors;

namespace Integration.Sdk.Tests.Operations;

public sealed class OperationDescriptionTests
{
    [Fact]
    public void An_operation_is_what_its_class_and_attribute_say()
    {
        var operation = OperationDescription.Of(typeof(Pay));

        operation.Name.ShouldBe("sample.pay");
        operation.Version.ShouldBe(1);
        operation.Effect.ShouldBe(Effect.Once);
        operation.Pipe.ShouldBeNull();
    }

    [Theory]
    [InlineData(typeof(string), "lacks [Operation")]
    [InlineData(typeof(WrongName), "lower case words with dots and hyphens")]
    [InlineData(typeof(WrongVersion), "Version must be 1 or more")]
    [InlineData(typeof(WrongParent), "does not derive from Operation<TInput, TOutput>")]
    public void A_class_that_is_no_operation_is_refused_with_the_way_out(Type type, string message) =>
        Should.Throw<ArgumentException>(() => OperationDescription.Of(type)).Message.ShouldContain(message);

    [Fact]
    public void Two_classes_with_one_name_and_version_are_refused() =>
        Should
            .Throw<ArgumentException>(() =>
                new OperationCatalog([OperationDescription.Of(typeof(Pay)), OperationDescription.Of(typeof(Pay))])
            )
            .Message.ShouldContain("sample.pay version 1");

    [Fact]
    public void It_has_the_errors_that_its_class_declares_and_those_of_the_classes_it_names()
    {
        var operation = OperationDescription.Of(typeof(Declaring));

        operation
            .Errors.Select(error => $"{error.Category} {error.Code}: {error.Meaning} {error.Remedy}")
            .ShouldBe([
                "Data no-such-key: None. Look.",
                "Connectivity timeout: Ours. Wait.",
                "Access refused: No. Ask.",
            ]);
        operation.Examples.ShouldHaveSingleItem().Title.ShouldBe("Twice");
        operation.InputType.ShouldBe(typeof(string));
        operation.OutputType.ShouldBe(typeof(string));
    }

    [Operation("sample.declaring")]
    [Raises(ErrorCategory.Data, "no-such-key", "None.", "Look.")]
    [Raises(ErrorCategory.Connectivity, "timeout", "Ours.", "Wait.")]
    [RaisesFrom(typeof(Shared))]
    private sealed class Declaring : Operation<string, string>
    {
        public override Task<string> ExecuteAsync(string input, TaskContext task, CancellationToken cancellation) =>
            Task.FromResult(input);
    }

    [Raises(ErrorCategory.Connectivity, "timeout", "Theirs.", "Wait.")]
    [Raises(ErrorCategory.Access, "refused", "No.", "Ask.")]
    [RaisesFrom(typeof(Shared))]
    private static class Shared;

    [Fact]
    public void A_file_of_examples_that_does_not_fit_is_refused_by_its_name() =>
        Should
            .Throw<ArgumentException>(() => OperationDescription.Of(typeof(Misread)).Examples)
            .Message.ShouldStartWith("Misread.examples.json holds no examples");

    [Operation("sample.misread")]
    private sealed class Misread : Operation<string, string>
    {
        public override Task<string> ExecuteAsync(string input, TaskContext task, CancellationToken cancellation) =>
            Task.FromResult(input);
    }

    [Operation("Wrong Name")]
    private sealed class WrongName : Operation<string, string>
    {
        public override Task<string> ExecuteAsync(string input, TaskContext task, CancellationToken cancellation) =>
            Task.FromResult(input);
    }

    [Operation("wrong.version", Version = 0)]
    private sealed class WrongVersion : Operation<string, string>
    {
        public override Task<string> ExecuteAsync(string input, TaskContext task, CancellationToken cancellation) =>
            Task.FromResult(input);
    }

    [Operation("wrong.parent")]
    private sealed class WrongParent;
}

public sealed class ExceptionClassifierTests
{
    public static TheoryData<Exception, ErrorCategory, string, bool, bool> Exceptions =>
        new()
        {
            {
                new SocketException((int)SocketError.ConnectionRefused),
                ErrorCategory.Connectivity,
                "connection-refused",
                true,
                false
            },
            {
                new SocketException((int)SocketError.HostNotFound),
                ErrorCategory.Connectivity,
                "host-not-found",
                true,
                false
            },
            {
                new SocketException((int)SocketError.ConnectionReset),
                ErrorCategory.Connectivity,
                "connection-lost",
                true,
                true
            },
            {
                new HttpRequestException("x", new SocketException((int)SocketError.ConnectionRefused)),
                ErrorCategory.Connectivity,
                "connection-refused",
                true,
                false
            },
            {
                new HttpRequestException("x", new AuthenticationException("bad")),
                ErrorCategory.Connectivity,
                "tls-failed",
                true,
                false
            },
            {
                new HttpRequestException("x", null, System.Net.HttpStatusCode.Unauthorized),
                ErrorCategory.Access,
                "refused",
                false,
                false
            },
            {
                new HttpRequestException("x", null, System.Net.HttpStatusCode.TooManyRequests),
                ErrorCategory.Volumetric,
                "throttled",
                true,
                false
            },
            {
                new HttpRequestException("x", null, System.Net.HttpStatusCode.ServiceUnavailable),
                ErrorCategory.Connectivity,
                "unavailable",
                true,
                true
            },
            {
                new HttpRequestException("x", null, System.Net.HttpStatusCode.InternalServerError),
                ErrorCategory.Connectivity,
                "server-error",
                true,
                true
            },
            {
                new HttpRequestException("x", null, System.Net.HttpStatusCode.NotFound),
                ErrorCategory.Data,
                "refused",
                false,
                false
            },
            { new IOException("cut"), ErrorCategory.Connectivity, "connection-lost", true, true },
            { new TimeoutException("late"), ErrorCategory.Connectivity, "timeout", true, true },
            { new InvalidOperationException("bug"), ErrorCategory.Internal, "unhandled-exception", true, true },
            { new DataErrorException("own", "typed"), ErrorCategory.Data, "own", false, false },
        };

    [Theory]
    [MemberData(nameof(Exceptions))]
    public void An_exception_becomes_an_error_of_the_contract(
        Exception exception,
        ErrorCategory category,
        string code,
        bool retryable,
        bool effectUnknown
    )
    {
        var error = ExceptionClassifier.Classify(exception);

        (error.Category, error.Code, error.Retryable, error.EffectUnknown).ShouldBe(
            (category, code, retryable, effectUnknown)
        );
    }
}
