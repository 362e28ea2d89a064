{{- /* SPDX-License-Identifier: Apache-2.0 */ -}}

{{- define "holdfast.name" -}}
{{- if contains "holdfast" .Release.Name -}}
{{- .Release.Name | trunc 50 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-holdfast" .Release.Name | trunc 50 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "holdfast.selector" -}}
app.kubernetes.io/name: holdfast
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "holdfast.labels" -}}
{{ include "holdfast.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end -}}

{{- /* As many pairs as are started together. */ -}}
{{- define "holdfast.pairs" -}}
{{- if .Values.autoscaling.enabled -}}
{{- .Values.autoscaling.replicasMin -}}
{{- else -}}
{{- .Values.replicas -}}
{{- end -}}
{{- end -}}

{{- define "holdfast.check" -}}
{{- if eq .Values.store.type "embedded" -}}
{{- if or (gt (int .Values.replicas) 1) .Values.autoscaling.enabled -}}
{{- fail "The embedded store belongs to one pod: set store.type to postgres or cassandra, or replicas to 1 and autoscaling.enabled to false." -}}
{{- end -}}
{{- end -}}
{{- if and (has .Values.store.postgres.tls (list "verify-ca" "verify-full")) (not .Values.store.postgres.authoritySecret) -}}
{{- fail "store.postgres.tls checks who the server is: set store.postgres.authoritySecret to the Secret with its ca.crt." -}}
{{- end -}}
{{- end -}}

{{- define "holdfast.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end -}}

{{- define "holdfast.storeEnvironment" -}}
{{- $store := .Values.store -}}
- name: HOLDFAST_STORE
  value: {{ $store.type }}
{{- if eq $store.type "postgres" }}
- name: HOLDFAST_POSTGRES_HOST
  value: {{ $store.postgres.host | quote }}
- name: HOLDFAST_POSTGRES_PORT
  value: {{ $store.postgres.port | quote }}
- name: HOLDFAST_POSTGRES_DATABASE
  value: {{ $store.postgres.database | quote }}
- name: HOLDFAST_POSTGRES_SCHEMA
  value: {{ $store.postgres.schema | quote }}
- name: HOLDFAST_POSTGRES_CREATE_SCHEMA
  value: {{ ternary "on" "off" $store.postgres.createSchema | quote }}
- name: HOLDFAST_POSTGRES_TLS
  value: {{ $store.postgres.tls | quote }}
{{- if $store.postgres.authoritySecret }}
- name: HOLDFAST_POSTGRES_TLS_ROOT_CERTIFICATE
  value: /etc/holdfast/store-tls/ca.crt
{{- end }}
- name: HOLDFAST_POSTGRES_USER
  valueFrom:
    secretKeyRef: {name: {{ $store.postgres.credentialsSecret }}, key: user}
- name: HOLDFAST_POSTGRES_PASSWORD
  valueFrom:
    secretKeyRef: {name: {{ $store.postgres.credentialsSecret }}, key: password}
{{- else if eq $store.type "cassandra" }}
- name: HOLDFAST_CASSANDRA_CONTACT_POINTS
  value: {{ join "," $store.cassandra.contactPoints | quote }}
- name: HOLDFAST_CASSANDRA_PORT
  value: {{ $store.cassandra.port | quote }}
- name: HOLDFAST_CASSANDRA_LOCAL_DATACENTER
  value: {{ $store.cassandra.localDatacenter | quote }}
- name: HOLDFAST_CASSANDRA_KEYSPACE
  value: {{ $store.cassandra.keyspace | quote }}
- name: HOLDFAST_CASSANDRA_CREATE_SCHEMA
  value: {{ ternary "on" "off" $store.cassandra.createSchema | quote }}
{{- with $store.cassandra.credentialsSecret }}
- name: HOLDFAST_CASSANDRA_USER
  valueFrom:
    secretKeyRef: {name: {{ . }}, key: user}
- name: HOLDFAST_CASSANDRA_PASSWORD
  valueFrom:
    secretKeyRef: {name: {{ . }}, key: password}
{{- end }}
{{- with $store.cassandra.trustStoreSecret }}
- name: HOLDFAST_CASSANDRA_TLS
  value: "on"
- name: HOLDFAST_CASSANDRA_TRUST_STORE
  value: /etc/holdfast/store-tls/truststore.p12
- name: HOLDFAST_CASSANDRA_TRUST_STORE_PASSWORD
  valueFrom:
    secretKeyRef: {name: {{ . }}, key: password}
{{- end }}
{{- end }}
{{- end -}}

{{- /* The Secret that is mounted where the store's certificates are looked for. */ -}}
{{- define "holdfast.storeTlsSecret" -}}
{{- if eq .Values.store.type "postgres" -}}
{{- .Values.store.postgres.authoritySecret -}}
{{- else if eq .Values.store.type "cassandra" -}}
{{- .Values.store.cassandra.trustStoreSecret -}}
{{- end -}}
{{- end -}}
