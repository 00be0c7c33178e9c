namespace Integration.Http;

/// <summary>Proves to a target who a call comes from. One for each call.</summary>
internal abstract class Authenticator
{
    /// <summary>Puts what proves it on a request. What fails here has not been sent.</summary>
    public abstract ValueTask ApplyAsync(HttpRequestMessage request, CancellationToken cancellation);

    /// <summary>The target answered 401. Whether the same request can succeed with another proof.</summary>
    public virtual ValueTask<bool> AnotherAsync(HttpResponseMessage refusal, CancellationToken cancellation) =>
        ValueTask.FromResult(false);
}
