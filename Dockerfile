# Any service as an image:
#   docker build --build-arg SERVICE=Rest --tag integration-rest .
# SERVICE is the name of a folder in services/.

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
ARG SERVICE
WORKDIR /source
COPY global.json .editorconfig Directory.Build.props Directory.Build.targets Directory.Packages.props ./
COPY shared/ shared/
COPY services/ services/
ENV NUGET_PACKAGES=/packages
# Published under one name whatever the service, so that entry point and health check need no shell.
RUN --mount=type=cache,target=/packages \
    test -n "$SERVICE" || { echo "Pass --build-arg SERVICE=<folder in services/>"; exit 1; } \
    && dotnet publish "services/$SERVICE/Integration.$SERVICE.csproj" --configuration Release --output /service \
    && mv "/service/Integration.$SERVICE" /service/service \
    && mkdir /service/data

FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /service
COPY --from=build /service ./
# SQLite's default folder: the one place that the service may write to.
RUN chown "$APP_UID" data
VOLUME /service/data
USER $APP_UID
# Inside of a container all interfaces are the container's own; what is published decides who reaches it. Under which names it is
# called besides localhost is set with Api__Hosts.
ENV ASPNETCORE_URLS=http://+:8080
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s CMD ["/service/service", "--health-check"]
ENTRYPOINT ["/service/service"]
